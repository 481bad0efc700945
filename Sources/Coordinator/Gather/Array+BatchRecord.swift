import Jobs

/// The records of one batch, oldest first.
extension [BatchRecord] {
    /// The one that says what to wait for: the last of the highest run.
    var current: BatchRecord? {
        reduce(nil) { current, record in
            if let current, current.run > record.run { current } else { record }
        }
    }

    /// Where to begin to look for results in each partition: before the first of the submits.
    var resultsStart: [Int32: Int64] {
        lazy.flatMap(\.partitions).reduce(into: [:]) { starts, range in
            starts[range.partition] = Swift.min(starts[range.partition] ?? range.resultsStart, range.resultsStart)
        }
    }

    /// Where the jobs lie, by topic and partition: from the first submit's first job to the last one's last. That of a
    /// submit which has not ended is not known yet.
    /// - Parameter unnamed: the topic of records that don't name theirs.
    func jobRanges(unnamed: String) -> [String: [Int32: Range<Int64>]] {
        reduce(into: [:]) { topics, record in
            let topic = record.jobsTopic.isEmpty ? unnamed : record.jobsTopic
            for range in record.partitions {
                let start = Swift.max(0, range.jobsStart)
                let end = record.state == .open ? Int64.max : Swift.max(start, range.jobsEnd)
                let known = topics[topic]?[range.partition] ?? start..<end
                topics[topic, default: [:]][range.partition] =
                    Swift.min(known.lowerBound, start)..<Swift.max(known.upperBound, end)
            }
        }
    }
}
