import Foundation
import TestSupport

@testable import dragoman_chaos

/// Runs of the driver in a process of its own: it hosts librdkafka's mock cluster, which at times fails an assertion of its
/// own when members come and go this fast.
enum ChaosDriver {
    private static let attempts = 3

    /// Plays a scenario in a size for tests.
    /// - Throws: ``ChaosError`` when the driver does not come to a verdict.
    static func run(_ scenario: String, jobs: Int, sabotage: Sabotage? = nil) async throws -> Report {
        guard (try? Program.path("kcat")) != nil else { throw try TestRequirement.missing("kcat") }
        var status: Int32 = 0
        for attempt in 1...attempts {
            let folder = try TemporaryDirectory()
            status = try await play(scenario, jobs: jobs, sabotage, seed: attempt, folder: folder.path)
            if let report = FileManager.default.contents(atPath: OutputFolder(path: folder.path).report) {
                return try JSONDecoder().decode(Report.self, from: report)
            }
        }
        throw ChaosError(
            "the driver of \(scenario) ended \(attempts) times without a verdict, the last time with \(status)")
    }

    private static func play(
        _ scenario: String, jobs: Int, _ sabotage: Sabotage?, seed: Int, folder: String
    ) async throws -> Int32 {
        let executable = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
            .appending(path: "dragoman-chaos").path(percentEncoded: false)
        let arguments =
            [
                "run", "--scenario", scenario, "--jobs", String(jobs), "--seed", String(seed), "--minutes", "0.12",
                "--workers", "3", "--patience", sabotage == nil ? "60" : "12", "--output", folder,
            ] + (sabotage.map { ["--sabotage", $0.rawValue] } ?? [])
        let (ends, end) = AsyncStream<Int32>.makeStream()
        let process = try SpawnedProcess(executable, arguments) {
            end.yield($0.number)
            end.finish()
        }
        // A task that is cancelled ends the driver with it.
        defer { withExtendedLifetime(process) {} }
        for await status in ends { return status }
        throw CancellationError()
    }
}
