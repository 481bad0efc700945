import ArgumentParser
import AudioStore
import CommandSupport
import Coordinator
import Foundation
import Jobs
import Kafka
import Logging
import Platform

struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Check this machine, the model and the fleet, and say what to do about what is wrong.",
        discussion: """
            Without --model, --audio-root and --brokers, what they are about is not checked. The exit code is 0 if \
            nothing failed, else 1; a warning is no failure.

            Examples:
              dragoman doctor
              dragoman doctor --model /models/wav2vec2-xls-r-300m-21-to-en \\
                --audio-root /audio --brokers kafka:9092

            \(ExitStatus.table)
            """)

    @OptionGroup(title: "Engine") var engine: EngineArguments

    @Option(
        name: .customLong("audio-root"), parsing: .singleValue,
        help: ArgumentHelp("Folder with recordings. Can be repeated.", valueName: "folder"), completion: .directory)
    var audioRoots: [String] = []

    @Flag(help: "One JSON object.")
    var json = false

    @OptionGroup(title: "Storage") var s3: S3Arguments
    @OptionGroup(title: "Kafka") var kafka: KafkaArguments
    @OptionGroup(title: "Kafka") var group: GroupArguments
    @OptionGroup(title: "General") var configurationFile: ConfigurationArguments
    @OptionGroup(title: "General") var log: LogArguments

    /// How long a question to the brokers may take.
    private static let patience = Duration.seconds(5)

    func run() async throws {
        let settings = try await configurationFile.settings()
        let withFlags = try settings.overridden(by: engine)
        let machine = MachineExamination(
            environment: ProcessInfo.processInfo.environment, threads: try withFlags.int(.threads))
        let files = FileExamination(
            model: try withFlags.string(.model),
            audioRoots: audioRoots.isEmpty ? try settings.strings(.audioRoots) ?? [] : audioRoots)
        let storage = StorageExamination(
            client: try s3.client(settings, timeouts: HTTPTimeouts(connect: Self.patience, total: .seconds(15))),
            buckets: try settings.strings(.s3Buckets) ?? [])
        let fleet = try fleetExamination(settings)
        let findings = try await interruptible { [self] in try await examine(machine, files, storage, fleet) }
        let isWell = !findings.contains { $0.verdict == .failed }
        if json { StandardOutput.writeLine(try JSONLine.string(Report(ok: isWell, checks: findings))) }
        guard isWell else { throw ExitStatus.someFailed }
    }

    /// `nil` where nothing says where the brokers are.
    private func fleetExamination(_ settings: Settings) throws -> FleetExamination? {
        guard try settings.overridden(by: kafka).kafkaProperties()[Settings.serversProperty] != nil else { return nil }
        let topics = try kafka.topics(settings)
        var configuration = try kafka.configuration(settings)
        configuration.requestTimeout = Self.patience
        return FleetExamination(
            kafka: configuration, topics: topics, group: try group.name(settings, topics: topics),
            logger: try log.logger(settings, default: .critical))
    }

    /// Shows each finding as it comes, for a model takes a while to load.
    private func examine(
        _ machine: MachineExamination, _ files: FileExamination, _ storage: StorageExamination,
        _ fleet: FleetExamination?
    ) async throws -> [DoctorFinding] {
        var findings: [DoctorFinding] = []
        let width = TerminalSize(of: StandardOutput.descriptor)?.columns
        let isColoured = width != nil && ProcessInfo.processInfo.environment["NO_COLOR", default: ""].isEmpty
        func report(_ finding: DoctorFinding) throws {
            try Task.checkCancellation()
            findings.append(finding)
            if json { return }
            let line = DoctorLine(finding: finding, isColoured: isColoured, width: width)
            for text in line.lines { StandardOutput.writeLine(text) }
        }
        for finding in machine.findings { try report(finding) }
        try report(files.modelFinding)
        for finding in files.audioRootFindings { try report(finding) }
        for finding in try await storage.findings() { try report(finding) }
        if let fleet {
            try await fleet.examine(report)
        } else {
            for name in ["broker", "topics", "group"] {
                try report(DoctorFinding(name, .notChecked, "not checked", advice: "give --brokers HOST:PORT"))
            }
        }
        return findings
    }

    private struct Report: Encodable {
        var ok: Bool
        var checks: [DoctorFinding]
    }
}
