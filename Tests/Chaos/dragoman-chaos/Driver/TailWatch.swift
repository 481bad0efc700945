import Foundation
import Jobs
import Kafka

/// What the driver knows from the tails while the run lasts.
actor TailWatch {
    private var readers: [String: TailReader]
    private let topics: TopicNames
    private(set) var answered: Set<JobRun> = []
    private(set) var resultCount = 0
    private(set) var deadLetterCount = 0

    init(_ tails: Tails, topics: TopicNames) {
        readers = tails.readers()
        self.topics = topics
    }

    /// Reads on.
    func update() throws {
        for topic in readers.keys.sorted() {
            for (record, _, _) in try readers[topic]?.next() ?? [] { note(record) }
        }
    }

    /// One past the highest offset read of each partition of a topic.
    func ends(of topic: String) -> [Int32: Int64] { readers[topic]?.ends ?? [:] }

    /// Checks that nothing was cut off a topic's beginning before it was read.
    /// - Throws: ``ChaosError`` naming the partition; the run can't be judged then.
    func check(_ topic: String, watermarks: [Int32: (low: Int64, high: Int64)]) throws {
        for (partition, (low, _)) in watermarks where low > ends(of: topic)[partition, default: 0] {
            throw ChaosError("\(topic)[\(partition)]: the broker dropped records up to \(low) before they were read")
        }
    }

    private func note(_ record: KcatRecord) {
        if record.topic == topics.results {
            resultCount += 1
            if let run = record.header(HeaderName.eventID.rawValue).flatMap(JobRun.init) { answered.insert(run) }
        } else if record.topic == topics.deadLetters {
            deadLetterCount += 1
        }
    }
}
