import Foundation
import Jobs
import Kafka
import Logging

/// One run from the first process to the verdict.
struct ChaosRun: Sendable {
    let settings: RunSettings
    let folder: OutputFolder

    /// Plays the scenario and judges what came of it.
    func run() async throws -> Report {
        let scenario = try Scenarios.named(settings.scenario)
        try folder.create()
        try JSONEncoder().encode(settings).write(to: URL(filePath: folder.settings))
        let journal = try Journal(path: folder.journal)
        let topics = try TopicNames(prefix: settings.prefix)
        let broker: any ChaosBroker =
            switch settings.broker {
            case .embedded: try FaultyEmbeddedBroker(topics: topics, partitions: settings.partitions)
            case .noida: try await NoidaBroker(topics: topics, partitions: settings.partitions, folder: folder)
            }
        do {
            try await play(scenario, journal: journal, topics: topics, broker: broker)
        } catch {
            await broker.stop()
            throw error
        }
        await broker.stop()
        return try Report(folder)
    }

    private func play(
        _ scenario: any Scenario, journal: Journal, topics: TopicNames, broker: any ChaosBroker
    ) async throws {
        let logger = Logger(label: "chaos") { _ in SwiftLogNoOpLogHandler() }
        let kafka = KafkaConfiguration(bootstrapServers: broker.address, requestTimeout: .seconds(30))
        let tails = try Tails(topics: topics.all, brokers: broker.address, folder: folder)
        let reader = try KafkaReader(configuration: kafka, logger: logger)
        let fleet = WorkerFleet(settings: settings, brokers: broker.address, folder: folder, journal: journal)
        let stage = Stage(
            settings: settings, folder: folder, journal: journal, topics: topics, broker: broker, fleet: fleet,
            sender: try JobSender(kafka: kafka, topics: topics, folder: folder, logger: logger),
            watch: TailWatch(tails, topics: topics), reader: reader)
        let sampler = Task { try await ResourceSampler(fleet: fleet, folder: folder).run() }
        let outcome = await Task { try await perform(scenario, on: stage) }.result
        sampler.cancel()
        await fleet.stop(patience: .zero)
        await stage.sender.close()
        await reader.close(timeout: .seconds(2))
        await tails.stop()
        try outcome.get()
    }

    private func perform(_ scenario: any Scenario, on stage: Stage) async throws {
        try stage.setStorage(.fine)
        try await withThrowingTaskGroup(of: Void.self) { group in
            // The mock drops what is old when a partition grows large: a run that loses evidence proves nothing.
            group.addTask {
                while true {
                    try await Task.sleep(for: .seconds(10))
                    for topic in stage.topics.all {
                        guard let watermarks = try? await stage.reader.watermarks(of: topic) else { continue }
                        try await stage.watch.check(topic, watermarks: watermarks)
                    }
                }
            }
            group.addTask {
                try await scenario.play(on: stage)
                try await Finale(stage: stage, patience: settings.patience.map { .seconds($0) } ?? scenario.patience)
                    .play()
            }
            defer { group.cancelAll() }
            try await group.next()
        }
    }
}
