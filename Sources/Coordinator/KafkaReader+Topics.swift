import Kafka

extension KafkaReader {
    /// Those of some topics that there are.
    func existing(_ topics: [String]) async throws -> [String] {
        var existing: [String] = []
        for topic in topics {
            do {
                _ = try await partitionCount(of: topic)
                existing.append(topic)
            } catch let error as KafkaError where error.code == .unknownTopic {
                continue
            }
        }
        return existing
    }

    /// Where to read from offsets that were noted some time ago: at the beginning of a log that has been lost since and
    /// does not reach so far any more.
    func readable(_ offsets: [Int32: Int64], of topic: String) async throws -> [Int32: Int64] {
        let watermarks = try await watermarks(of: topic)
        return offsets.reduce(into: [:]) { readable, each in
            guard let (low, high) = watermarks[each.key] else { return }
            readable[each.key] = each.value > high ? low : max(each.value, low)
        }
    }

    /// The first offset of each partition that a group has not finished. Workers begin at the earliest where nothing is
    /// committed, or where what is committed is past the end since the log was lost.
    func firstUnfinished(in topic: String, group: String) async throws -> [Int32: Int64] {
        let committed = try await committedOffsets(group: group, topics: [topic])
        var starts: [Int32: Int64] = [:]
        for (partition, ends) in try await watermarks(of: topic) {
            let offset = committed.first { $0.partition == partition }?.offset ?? ends.low
            starts[partition] = (ends.low...max(ends.low, ends.high)).contains(offset) ? offset : ends.low
        }
        return starts
    }
}
