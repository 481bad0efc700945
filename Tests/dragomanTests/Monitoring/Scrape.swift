import Foundation
import Testing

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

/// What a process serves over HTTP.
struct Scrape {
    let text: String

    /// Asks for the metrics.
    init(_ address: some StringProtocol) async throws {
        text = try await Self.get(address, "/metrics").text
    }

    /// Asks for anything.
    static func get(_ address: some StringProtocol, _ path: String) async throws -> (status: Int, text: String) {
        let url = try #require(URL(string: "http://\(address)\(path)"))
        let (data, response) = try await URLSession.shared.data(from: url)
        return ((response as? HTTPURLResponse)?.statusCode ?? 0, String(decoding: data, as: UTF8.self))
    }

    /// The names of all series.
    var names: Set<String> {
        Set(
            text.split(separator: "\n").filter { !$0.hasPrefix("#") }
                .map { String($0.prefix { $0 != "{" && $0 != " " }) })
    }

    /// The values of a metric's series that have some labels.
    func values(_ name: String, _ labels: String...) -> [Double] {
        text.split(separator: "\n").filter { line in
            (line.hasPrefix(name + "{") || line.hasPrefix(name + " ")) && labels.allSatisfy(line.contains)
        }.compactMap { $0.split(separator: " ").last.flatMap { Double($0) } }
    }

    /// Their sum.
    func sum(_ name: String, _ labels: String...) -> Double {
        text.split(separator: "\n").filter { line in
            (line.hasPrefix(name + "{") || line.hasPrefix(name + " ")) && labels.allSatisfy(line.contains)
        }.compactMap { $0.split(separator: " ").last.flatMap { Double($0) } }.reduce(0, +)
    }
}

/// `dragoman exporter` in a process of its own.
final class ExporterProcess: Sendable {
    let tool: RunningTool
    /// `HOST:PORT`.
    let address: String

    init(_ fleet: TestFleet, _ arguments: [String] = []) async throws {
        let tool = try RunningTool(
            ["exporter", "--http-listen", "127.0.0.1:0", "--interval", "0.5"] + arguments + fleet.connection)
        self.tool = tool
        let line = try await waitFor(30) { tool.output.split(separator: "\n").first { $0.hasPrefix("http=") } }
        address = String(line.dropFirst("http=".count))
        _ = try await waitFor(60) { [address] in
            try await Scrape.get(address, "/readyz").status == 200 ? true : nil
        }
    }
}
