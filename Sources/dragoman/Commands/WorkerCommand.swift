import ArgumentParser
import AudioStore
import CommandSupport
import Foundation
import Jobs
import Kafka
import Logging
import Monitoring
import Worker

struct WorkerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "worker",
        abstract: "Take jobs from Kafka, translate, write the results back.",
        discussion: """
            SIGTERM or Ctrl-C: no more jobs are taken, those in flight are finished as far as the grace period allows, \
            the others are left to other workers, and the group is left. A second one ends the process at once; what \
            was in flight is then done by another worker, each job alone, as if this one had died of it.

            Examples:
              dragoman worker --brokers kafka:9092 --audio-root /audio \\
                --model wav2vec2-xls-r-300m-21-to-en
              dragoman worker --brokers kafka:9092 --s3-region eu-central-1 \\
                --model 300m.dragoman --output 's3://calls/{batch_id}/{job_id}.json'

            \(ExitStatus.table)
            """)

    @OptionGroup(title: "Engine") var engine: EngineArguments
    @OptionGroup(title: "Engine") var decoderLimits: DecoderLimitArguments

    @OptionGroup(title: "Storage") var storage: StorageArguments

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

    @Option(
        help: ArgumentHelp(
            "How long one attempt at a job may take; then it is tried again later. (default: \(Self.defaultAttemptLimit))",
            valueName: "seconds"))
    var attemptLimit: Int?

    @Option(
        help: ArgumentHelp(
            "Decoded audio that the jobs in flight may hold together. (default: \(Self.defaultAudioMemory))",
            valueName: "megabytes"))
    var audioMemory: Int?

    @Option(
        help: ArgumentHelp(
            """
            How long the engine or the poll loop may stand still before the process ends itself. \
            (default: \(Self.defaultStandstillLimit))
            """, valueName: "seconds"))
    var standstillLimit: Int?

    @OptionGroup(title: "Monitoring") var http: HTTPArguments
    @OptionGroup(title: "Monitoring") var tracing: TracingArguments
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
            grace: .seconds(try grace ?? settings.int(.workerGrace) ?? Self.defaultGrace),
            attemptLimit: .seconds(
                try attemptLimit ?? settings.int(.workerAttemptLimit) ?? Self.defaultAttemptLimit),
            audioMemory: try megabytes(settings) * 1_000_000,
            standstillLimit: .seconds(
                try standstillLimit ?? settings.int(.workerStandstillLimit) ?? Self.defaultStandstillLimit))
        try Self.check(configuration)
        try TranslationJob.validate(id: configuration.name, field: "--name")
        let stores = try storage.stores(settings)

        var logger = try log.logger(settings, default: .info)
        logger[metadataKey: "worker"] = "\(configuration.name)"
        let (registry, health) = (MetricRegistry.ofProcess(), HealthState())
        let metrics = WorkerMetrics(registry)
        let server = try http.server(settings, registry: registry, health: health, logger: logger)
        try await tracing.run(settings, service: "dragoman-worker", instance: name, logger: logger) {
            try await interruptible { [self, logger] in
                try await server.run {
                    try await work(
                        configuration, settings, stores, metrics: metrics, health: health, logger: logger)
                }
            }
        }
    }

    private func work(
        _ configuration: WorkerConfiguration, _ settings: Settings, _ stores: StorageArguments.Stores,
        metrics: WorkerMetrics, health: HealthState, logger: Logger
    ) async throws {
        let engine = try Engine(
            path: engine.modelPath(settings), threads: engine.threadCount(settings, default: 1),
            limits: decoderLimits.limits(settings), logger: logger, onStep: { metrics.decoded(rows: $0) })
        let model = try engine.model()
        logger.info(
            "model loaded",
            metadata: ["model": "\(model.name)", "digest": "\(model.digest)", "cpu": "\(model.instructionSet)"])
        metrics.setModel(model)
        // That may have taken minutes.
        guard !Task.isCancelled else { return }
        let processor = JobProcessor(
            configuration: configuration,
            engine: TranslatorEngine(engine.translator, model: model, jobLimit: configuration.inFlight),
            store: stores.audio)
        let service = WorkerService(
            configuration: configuration, processor: processor, archive: stores.results, metrics: metrics,
            health: health, logger: logger)
        try await service.run()
    }

    private static func check(_ configuration: WorkerConfiguration) throws {
        guard (1...64).contains(configuration.inFlight) else { throw ValidationError("--in-flight: expected 1 to 64") }
        guard (.zero ... .seconds(86_400)).contains(configuration.grace) else {
            throw ValidationError("--grace: expected 0 to 86400 seconds")
        }
        guard (.seconds(1) ... .seconds(604_800)).contains(configuration.attemptLimit) else {
            throw ValidationError("--attempt-limit: expected 1 to 604800 seconds")
        }
        guard (.seconds(10) ... .seconds(86_400)).contains(configuration.standstillLimit ?? .zero) else {
            throw ValidationError("--standstill-limit: expected 10 to 86400 seconds")
        }
    }

    private func megabytes(_ settings: Settings) throws -> Int {
        let megabytes = try audioMemory ?? settings.int(.workerAudioMemory) ?? Self.defaultAudioMemory
        guard (1...1_000_000).contains(megabytes) else {
            throw ValidationError("--audio-memory: expected 1 to 1000000 megabytes")
        }
        return megabytes
    }

    private static let defaultInFlight = 4
    private static let defaultGrace = 30
    private static let defaultAttemptLimit = 3600
    private static let defaultAudioMemory = 1000
    private static let defaultStandstillLimit = 300

    private static var defaultName: String {
        let host = ProcessInfo.processInfo.hostName.filter { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
        return "\(host.isEmpty ? "worker" : host)-\(ProcessInfo.processInfo.processIdentifier)"
    }
}
