import Foundation

/// Resident memory and descriptors of the workers, once a second, from `/proc`.
struct ResourceSampler: Sendable {
    let fleet: WorkerFleet
    let folder: OutputFolder

    static let heading = "time,pid,rss_kib,fds,threads"

    /// Samples until the task is cancelled.
    func run() async throws {
        let file = try AppendOnlyFile(path: folder.resources)
        try file.append(Self.heading.utf8)
        while !Task.isCancelled {
            let time = Timestamp.now
            for pid in await fleet.pids {
                guard let sample = Self.sample(pid) else { continue }
                try file.append("\(time),\(pid),\(sample.residentKiB),\(sample.descriptors),\(sample.threads)".utf8)
            }
            try await Task.sleep(for: .seconds(1))
        }
    }

    private static func sample(_ pid: Int32) -> (residentKiB: Int, descriptors: Int, threads: Int)? {
        guard let status = FileManager.default.contents(atPath: "/proc/\(pid)/status"),
            let descriptors = try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(pid)/fd").count
        else { return nil }
        let lines = String(decoding: status, as: UTF8.self).split(separator: "\n")
        func value(_ name: String) -> Int? {
            lines.first { $0.hasPrefix(name) }?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap {
                Int($0)
            }
        }
        guard let resident = value("VmRSS:"), let threads = value("Threads:") else { return nil }
        return (resident, descriptors, threads)
    }
}
