import ArgumentParser
import CommandSupport
import Foundation

/// The driver.
struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Run a fleet, do things to it, and judge what came of it.",
        discussion: "Scenarios:\n" + Scenarios.all.map { "  \($0.name): \($0.summary)" }.joined(separator: "\n"))

    @Option(help: "What to play.") var scenario = HourScenario.name
    @Option(help: "How long, in minutes. (default: the scenario's)") var minutes: Double?
    @Option(help: "How many jobs. (default: the scenario's)") var jobs: Int?
    @Option(help: "Everything random comes from this.") var seed: UInt64 = 1
    @Option(help: "Worker processes.") var workers = 4
    @Option(help: "Seconds in which the fleet has to finish what is left at the end. (default: the scenario's)")
    var patience: Int?
    @Option(help: "The broker: embedded or noida.") var broker: BrokerKind?
    @Option(help: "Folder for what happened; must not hold a run. (default: a new one under the temporary folder)")
    var output: String?
    @Option(help: "What the workers are to do wrong.") var sabotage: Sabotage?
    @Flag(help: "Print the verdict as JSON.") var json = false

    func validate() throws {
        guard (1...64).contains(workers) else { throw ValidationError("--workers: expected 1 to 64") }
        guard (minutes ?? 1) >= 0, (jobs ?? 0) >= 0 else { throw ValidationError("expected 0 or more") }
    }

    func run() async throws {
        let type = try Scenarios.named(scenario)
        let size = Swift.type(of: type).size
        var settings = RunSettings(
            scenario: scenario, seed: seed, minutes: minutes ?? size.minutes, jobs: jobs ?? size.jobs,
            workers: workers, broker: broker ?? .embedded, sabotage: sabotage, patience: patience)
        type.adjust(&settings)
        if let broker { settings.broker = broker }
        let path =
            output.map { URL(filePath: $0).path(percentEncoded: false) }
            ?? NSTemporaryDirectory() + "dragoman-chaos-\(UUID().uuidString)"
        let folder = OutputFolder(path: path.hasSuffix("/") ? String(path.dropLast()) : path)
        guard !FileManager.default.fileExists(atPath: folder.settings) else {
            throw ChaosError("\(folder.path) holds a run already: name another folder")
        }
        FileHandle.standardError.write(Data("\(scenario), seed \(seed): \(folder.path)\n".utf8))
        let run = ChaosRun(settings: settings, folder: folder)
        let report = try await interruptible { try await run.run() }
        try Data(report.json().utf8).write(to: URL(filePath: folder.report))
        print(json ? try report.json() : report.text)
        if !report.isClean { throw ExitCode.failure }
    }
}
