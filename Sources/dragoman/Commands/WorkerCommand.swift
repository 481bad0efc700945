import ArgumentParser
import AudioStore
import Foundation
import Jobs
import Kafka
import Logging
import Worker

struct WorkerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "worker",
        abstract: "Take jobs from Kafka, translate, write the results back.",
        discussion: """
            SIGTERM or Ctrl-C: no more jobs are taken, those in flight are finished as far as the grace period allows, \
            the others are left to other workers, and the group is left. A second one ends the process at once; what \
            was in flight is then done by another worker.

            Examples:
              dragoman worker --brokers kafka:9092 --audio-root /audio \\
                --model wav2vec2-xls-r-300m-21-to-en

            \(ExitStatus.table)
            """)

    @OptionGroup(title: "Engine") var engine: EngineArguments
    @OptionGroup(title: "Engine") var decoderLimits: DecoderLimitArguments

    @Option(
        name: .customLong("audio-root"), parsing: .singleValue,
        help: ArgumentHelp("Folder under which file: URIs may be read. Can be repeated.", valueName: "folder"))
    var audioRoots: [String] = []

    @Option(help: "Name of this worker in results and logs. (default: host name and process id)")
    var name: String?

    @Option(
        help: ArgumentHelp(
            "Jobs in flight at most: audio is got ready ahead of the engine. (default: \(Self.defaultInFlight))",
            valueName: "jobs"))
    var inFlight: Int?

    @Option(
        help: ArgumentHelp(
            "How long finishing the jobs in flight and leaving may take. (default: \(Self.defaultGrace))",
            valueName: "seconds"))
    var grace: Int?

    @OptionGroup(title: "Kafka") var kafka: KafkaArguments
    @OptionGroup(title: "Kafka") var group: GroupArguments
    @OptionGroup(title: "General") var configurationFile: ConfigurationArguments
    @OptionGroup(title: "General") var log: LogArguments

    func run() async throws {
        let settings = try await configurationFile.settings()
        let topics = try kafka.topics(settings)
        let name = try name ?? settings.string(.name) ?? Self.defaultName
        var connection = try kafka.configuration(settings)
        // The name under which the broker tells who owns what.
        connection.properties["client.id"] = connection.properties["client.id"] ?? name
        let configuration = WorkerConfiguration(
            kafka: connection, topics: topics, group: try group.name(settings, topics: topics), name: name,
            inFlight: try inFlight ?? settings.int(.workerInFlight) ?? Self.defaultInFlight,
            grace: .seconds(try grace ?? settings.int(.workerGrace) ?? Self.defaultGrace))
        try Self.check(configuration)
        try TranslationJob.validate(id: configuration.name, field: "--name")
        let roots = try audioRoots.isEmpty ? settings.strings(.audioRoots) ?? [] : audioRoots
        guard !roots.isEmpty else { throw ValidationError("no audio root: give at least one --audio-root FOLDER") }
        let store = try FileAudioStore(roots: roots)

        var logger = try log.logger(settings, default: .info)
        logger[metadataKey: "worker"] = "\(configuration.name)"
        let engine = try Engine(
            path: engine.modelPath(settings), threads: engine.threadCount(settings, default: 1),
            limits: decoderLimits.limits(settings), logger: logger)
        let model = try engine.model()
        logger.info(
            "model loaded",
            metadata: ["model": "\(model.name)", "digest": "\(model.digest)", "cpu": "\(model.instructionSet)"])
        let processor = JobProcessor(
            worker: configuration.name,
            engine: TranslatorEngine(engine.translator, model: model, jobLimit: configuration.inFlight), store: store)
        let service = WorkerService(configuration: configuration, processor: processor, logger: logger)
        try await interruptible { try await service.run() }
    }

    private static func check(_ configuration: WorkerConfiguration) throws {
        guard (1...64).contains(configuration.inFlight) else { throw ValidationError("--in-flight: expected 1 to 64") }
        guard (.zero ... .seconds(86_400)).contains(configuration.grace) else {
            throw ValidationError("--grace: expected 0 to 86400 seconds")
        }
    }

    private static let defaultInFlight = 4
    private static let defaultGrace = 30

    private static var defaultName: String {
        let host = ProcessInfo.processInfo.hostName.filter { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
        return "\(host.isEmpty ? "worker" : host)-\(ProcessInfo.processInfo.processIdentifier)"
    }
}
