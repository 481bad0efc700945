import ArgumentParser
import CommandSupport
import Jobs
import Kafka
import Logging
import Monitoring
import Platform

@testable import Worker

/// The real worker, with an engine and a storage that do as each job says.
struct WorkerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "worker", abstract: "Work in a run's fleet. The driver starts these.", shouldDisplay: false)

    @Option(help: "Address of the broker.") var brokers: String
    @Option(help: "What topic names begin with.") var prefix: String
    @Option(help: "Name of this worker.") var name: String
    @Option(help: "The run's folder.") var output: String
    @Option(help: "Jobs in flight at most.") var inFlight: Int
    @Option(help: "Seconds to finish in when told to stop.") var grace: Int
    @Option(help: "Seconds an attempt at a job may take.") var attemptLimit: Int
    @Option(name: .customLong("kafka"), parsing: .singleValue, help: "A property of librdkafka, NAME=VALUE.")
    var properties: [String] = []
    @Option(help: "What the worker is to do wrong.") var sabotage: Sabotage?
    @Option(help: "Address and port to serve metrics and health at.") var httpListen: String?
    @Option(help: "Seconds that engine and poll loop may stand still.") var standstillLimit: Int?

    func run() async throws {
        try ParentWatch.begin()
        let folder = OutputFolder(path: output)
        let journal = try Journal(path: folder.journal)
        let topics = try TopicNames(prefix: prefix)
        var logger = Logger(label: "chaos") { _ in LineLogHandler() }
        logger.logLevel = .debug
        let configuration = WorkerConfiguration(
            kafka: KafkaConfiguration(bootstrapServers: brokers, properties: propertyValues), topics: topics,
            group: prefix + "workers", name: name, inFlight: inFlight, grace: .seconds(grace),
            attemptLimit: .seconds(attemptLimit), retrySchedule: Self.retrySchedule,
            standstillLimit: standstillLimit.map { .seconds($0) })
        let processor = JobProcessor(
            configuration: configuration, engine: ChaosEngine(jobLimit: inFlight, folder: folder, journal: journal),
            store: ChaosStore(folder: folder, journal: journal))
        let (registry, health) = (MetricRegistry(), HealthState())
        let service = WorkerService(
            configuration: configuration, processor: processor,
            links: .chaotic(journal: journal, sabotage: sabotage), metrics: WorkerMetrics(registry), health: health,
            logger: logger)
        guard let address = httpListen.flatMap(ListenAddress.init) else {
            return try await interruptible { try await service.run() }
        }
        registry.collect { ProcessMetrics.families }
        let server = MonitoringServer(
            host: address.host, port: address.port, registry: registry, health: health, logger: logger)
        try await interruptible { try await server.run { try await service.run() } }
    }

    /// An hour is too long for a run.
    private static let retrySchedule = RetrySchedule(steps: [
        .init(.oneMinute, .seconds(1)), .init(.tenMinutes, .seconds(2)), .init(.oneHour, .seconds(4)),
    ])

    private var propertyValues: [String: String] {
        let pairs = properties.map { $0.split(separator: "=", maxSplits: 1) }.filter { $0.count == 2 }
        return Dictionary(pairs.map { (String($0[0]), String($0[1])) }, uniquingKeysWith: { $1 })
    }
}
