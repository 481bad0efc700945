import Foundation
import Jobs
import Kafka
import Logging

/// noida-db in a process of its own. It can be killed, and come back on the same port without what it held.
actor NoidaBroker: ChaosBroker {
    nonisolated let address: String
    private let port: Int
    private let topics: TopicNames
    private let partitions: Int
    private let folder: OutputFolder
    private var child: ChildProcess?
    private var generation = 0

    /// - Throws: ``ChaosError`` when it is not installed or does not come up.
    init(topics: TopicNames, partitions: Int, folder: OutputFolder) async throws {
        port = 20_000 + Int.random(in: 0..<20_000)
        address = "127.0.0.1:\(port)"
        self.topics = topics
        self.partitions = partitions
        self.folder = folder
        try await start()
    }

    /// Kills it with all that it holds, or starts it anew with its topics empty.
    func setUp(_ isUp: Bool) async throws {
        if isUp {
            if child == nil { try await start() }
        } else {
            stop()
        }
    }

    nonisolated func fail(_ request: RequestKind, codes: [Int16]) throws {
        throw ChaosError("noida does not fail on demand: use --broker embedded")
    }

    nonisolated func setRoundTrip(milliseconds: Int) throws {
        guard milliseconds == 0 else { throw ChaosError("noida is not slow on demand: use --broker embedded") }
    }

    func stop() {
        child?.send(9)
        child = nil
    }

    /// The broker itself. The command of that name is a script beside it, which would be killed in its place.
    private static func executable() throws -> String {
        let script = URL(filePath: try Program.path("noida-db"))
        let library = script.deletingLastPathComponent().deletingLastPathComponent().appending(path: "lib")
        let versions = try FileManager.default.contentsOfDirectory(atPath: library.path(percentEncoded: false))
        let places = versions.map { library.appending(path: "\($0)/site-packages/noida_db/noida-db") }
        guard let place = places.first(where: { FileManager.default.isExecutableFile(atPath: $0.path()) }) else {
            throw ChaosError("the broker of \(script.path()) is not where it was expected, under \(library.path())")
        }
        return place.path(percentEncoded: false)
    }

    private func start() async throws {
        generation += 1
        let data = "\(folder.path)/noida-\(generation)"
        try FileManager.default.createDirectory(atPath: data, withIntermediateDirectories: true)
        child = try ChildProcess(
            try Self.executable(),
            ["start", "--only", "kafka", "--kafka-port", "\(port)", "--data-dir", data],
            log: "\(folder.logs)/noida-\(generation).log")
        let logger = Logger(label: "chaos") { _ in SwiftLogNoOpLogHandler() }
        let admin = try KafkaAdmin(
            configuration: KafkaConfiguration(bootstrapServers: address, requestTimeout: .seconds(20)), logger: logger)
        let plans = topics.all.map { KafkaTopicPlan(name: $0, partitions: partitions, replicationFactor: 1) }
        for (topic, failure) in try await admin.createTopics(plans) {
            guard let failure else { continue }
            // A client that was faster had it made, with as many partitions as noida thinks fit.
            guard failure.code == .topicExists else { throw failure }
            try? await admin.addPartitions(topic: topic, total: partitions)
        }
        await admin.close(timeout: .seconds(2))
    }
}
