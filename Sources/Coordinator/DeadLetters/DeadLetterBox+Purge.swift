import FoundationEssentials
import Jobs
import Kafka

extension DeadLetterBox {
    /// What a purge did, or would do.
    public struct PurgeSummary: Sendable, Hashable {
        /// Dead letters that are gone.
        public var deletedCount = 0
        /// Dead letters that are only marked: the brokers keep them until they expire.
        public var markedCount = 0

        /// Creates a summary.
        public init(deletedCount: Int = 0, markedCount: Int = 0) {
            self.deletedCount = deletedCount
            self.markedCount = markedCount
        }
    }

    /// Throws dead letters away.
    ///
    /// Kafka deletes from the beginning of a partition alone: there they are deleted, where the brokers can do that. What
    /// lies behind a dead letter that stays is marked, and not shown or replayed any more.
    /// - Throws: `KafkaError`, `CancellationError`.
    public func purge(_ filter: DeadLetterFilter, isDryRun: Bool = false) async throws -> PurgeSummary {
        let marks = try await marks()
        let now = Date()
        var plans: [Int32: PartitionPurge] = [:]
        try await forEachRecord { record in
            plans[record.partition, default: PartitionPurge()].add(record, filter, marks, time: now)
            return true
        }
        let prefixes = plans.compactMapValues(\.deletionEnd)
        let isDeleted = isDryRun ? true : try await delete(before: prefixes)
        let toMark = plans.values.flatMap { isDeleted ? $0.later : $0.first + $0.later }
        if !isDryRun, !toMark.isEmpty { try await withProducer { _ = try await $0.send(toMark) } }
        return PurgeSummary(
            deletedCount: isDeleted ? plans.values.reduce(0) { $0 + $1.first.count } : 0, markedCount: toMark.count)
    }

    /// - Returns: whether the brokers can do that.
    private func delete(before offsets: [Int32: Int64]) async throws -> Bool {
        guard !offsets.isEmpty else { return true }
        let admin = try KafkaAdmin(configuration: kafka, logger: logger)
        let outcome = await Result { () async throws in
            try await admin.deleteRecords(of: topics.deadLetters, before: offsets)
        }
        await admin.close()
        do {
            try outcome.get()
            return true
        } catch let error as KafkaError where error.code == .notSupported {
            return false
        }
    }
}

/// What is to be thrown away in one partition, whose records come in their order.
private struct PartitionPurge {
    /// The marks of those that can be deleted, where the brokers delete.
    private(set) var first: [KafkaProducerRecord] = []
    /// The marks of those behind a dead letter that stays.
    private(set) var later: [KafkaProducerRecord] = []
    /// Whether all so far can be deleted.
    private var isBeginning = true
    private var beginningEnd: Int64 = 0

    /// The first offset that stays; `nil` where nothing is to be deleted.
    var deletionEnd: Int64? { first.isEmpty ? nil : beginningEnd }

    mutating func add(_ record: KafkaRecord, _ filter: DeadLetterFilter, _ marks: DeadLetterMarks, time: Date) {
        var mark: KafkaProducerRecord?
        // A mark is behind what it is about: where it can be deleted, that is gone too.
        if !DeadLetterMarks.isMark(record) {
            let letter = DeadLetter(record)
            let isPurged = marks[letter.place]?.state == .purged
            if !isPurged, filter.matches(letter) { mark = DeadLetterMarks.record(.purged, letter, time: time) }
            if !isPurged, mark == nil { isBeginning = false }
        }
        if isBeginning {
            beginningEnd = record.offset + 1
            if let mark { first.append(mark) }
        } else if let mark {
            later.append(mark)
        }
    }
}
