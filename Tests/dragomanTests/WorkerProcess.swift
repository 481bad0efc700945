import Foundation

/// A worker in a process of its own, and what its log says.
struct WorkerProcess: Sendable {
    private struct Line: Decodable {
        let message: String
        let job: String?
    }

    let tool: RunningTool

    init(_ tool: RunningTool) { self.tool = tool }

    /// Jobs that were begun, in order.
    var started: [String] { jobs("job started") }
    /// Jobs whose results are out, in order.
    var finished: [String] { jobs("job") }
    /// Jobs in hand.
    var running: Set<String> { Set(started).subtracting(finished) }

    private func jobs(_ message: String) -> [String] {
        tool.messages.split(separator: "\n").compactMap { line in
            let parsed = try? JSONDecoder().decode(Line.self, from: Data(line.utf8))
            return parsed?.message == message ? parsed?.job : nil
        }
    }
}
