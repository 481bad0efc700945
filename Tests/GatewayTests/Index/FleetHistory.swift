import Foundation
import Jobs
import Kafka
import TestSupport
import TranslationAPI

@testable import Gateway

/// Records of a fleet's topics, as they might have come about, and what they come to.
struct FleetHistory {
    /// What a job comes to.
    struct Outcome: Hashable, Comparable {
        let batch: String
        let name: String
        let run: UInt32
        let state: Int
        let uri: String
        let text: String

        static func < (left: Self, right: Self) -> Bool {
            (left.batch, left.name) < (right.batch, right.name)
        }
    }

    static let partitions = 3

    private let topics: IndexedTopics
    private(set) var logs: [IndexedPartition: [KafkaRecord]] = [:]
    private(set) var outcomes: [String: Outcome] = [:]
    private var time: Int64 = 1_000_000

    /// Jobs in batches and without, sent twice and with other contents, in several runs, tried again, answered twice.
    init(_ topics: TopicNames, seed: UInt64, jobs: Int) {
        self.topics = IndexedTopics(topics)
        var generator = SplitMix64(seed: seed)
        for number in 0..<jobs {
            let batch = ["", "a", "b"].randomElement(using: &generator) ?? ""
            var job = TranslationJob()
            job.id = "job-\(number)"
            job.batchID = batch
            job.batchIndex = UInt32(number)
            job.audio.uri = "file:///\(number)"
            job.audio.durationHint = Double(number % 7)
            let partition = Int32.random(in: 0..<Int32(Self.partitions), using: &generator)
            let lane = Int.random(in: 0..<2, using: &generator)
            for run in 0...UInt32.random(in: 0..<3, using: &generator) {
                job.run = run
                play(job, lane: lane, partition, &generator)
            }
        }
    }

    private mutating func play(
        _ job: TranslationJob, lane: Int, _ partition: Int32, _ generator: inout SplitMix64
    ) {
        append(job, topic: lane, partition)
        var state = JobState.waiting
        var text = ""
        if Bool.random(using: &generator) {
            var other = job
            other.audio.uri += ".other"
            append(Bool.random(using: &generator) ? job : other, topic: lane, partition)
        }
        if Int.random(in: 0..<4, using: &generator) == 0 {
            append(job, topic: 5 + Int.random(in: 0..<3, using: &generator), partition)
            state = .delayed
        }
        if Int.random(in: 0..<3, using: &generator) > 0 {
            let statuses: [TranslationResult.Status] = [.ok, .noSpeech, .failed, .cancelled, .deadLettered]
            for attempt in 0...Int.random(in: 0..<2, using: &generator) {
                var result = TranslationResult()
                result.jobID = job.id
                result.batchID = job.batchID
                result.run = job.run
                result.audio = job.audio
                result.audioSeconds = 2
                result.status = statuses.randomElement(using: &generator) ?? .ok
                result.text = "run \(job.run) attempt \(attempt)"
                append(result, topic: 2, partition)
                if attempt == 0 { (state, text) = (JobState(of: result), result.text) }
            }
        }
        outcomes["\(job.batchID)/\(job.id)"] = Outcome(
            batch: job.batchID, name: job.id, run: job.run, state: state.rawValue, uri: job.audio.uri, text: text)
    }

    private mutating func append(_ message: some WireMessage, topic: Int, _ partition: Int32) {
        let key = IndexedPartition(topic: topic, partition: partition)
        time += 1
        let headers = MessageCodec.headers(for: type(of: message), format: .protobuf, id: "id", source: "test")
        logs[key, default: []].append(
            KafkaRecord(
                topic: topics.names[topic], partition: partition, offset: Int64(logs[key]?.count ?? 0),
                value: try? MessageCodec.encode(message, as: .protobuf),
                headers: headers.map { KafkaHeader(key: $0.name, value: $0.value) }, timestampMilliseconds: time))
    }

    /// Has an index read the logs in an order that chance decides, record by record or many at once.
    func feed(_ index: JobIndex, _ generator: inout SplitMix64, until limit: Int = .max) {
        var positions = logs.mapValues { _ in 0 }
        for (partition, end) in index.waiters.applied.offsets { positions[partition] = Int(end) }
        var count = 0
        while count < limit {
            let left = positions.filter { $0.value < logs[$0.key]?.count ?? 0 }.keys.sorted()
            guard let partition = left.randomElement(using: &generator), let log = logs[partition],
                let start = positions[partition]
            else { return }
            let end = min(log.count, start + Int.random(in: 1...8, using: &generator))
            index.add(Array(log[start..<end]), topic: partition.topic)
            positions[partition] = end
            count += 1
        }
    }
}
