import Ledger
import TestSupport

@testable import Worker

/// A random history of one partition: owners come and go, with and without notice, and commits come late or never.
///
/// Each step is done on the ledger and on the model; what they say is compared, and what must hold for the group is
/// checked against what was really finished.
struct LedgerHistory {
    private var random: SplitMix64
    /// The offsets that are in the log.
    private let log: [Int64]
    /// Owners don't last, and are killed.
    private let isHasty: Bool
    private var store: GroupStore
    private var model: LedgerModel
    private var ledger: PartitionLedger
    private var session: UInt32 = 1
    private var sequence: UInt64 = 0
    /// Where in the log the owner reads.
    private var position = 0
    private var inFlight: [GroupStore.Commit] = []
    /// All that was ever finished, committed or not.
    private var published: Set<Int64> = []
    /// All that was finished in a commit that was accepted.
    private var committed: Set<Int64> = []

    struct Broken: Error, CustomStringConvertible {
        var description: String
    }

    init(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let base = Int64.random(in: 0..<5, using: &random)
        var offset = base
        let gap: Int64 = [1, 3, 30].randomElement(using: &random) ?? 1
        log = (0..<30).map { _ in
            defer { offset += Int.random(in: 0..<4, using: &random) == 0 ? gap : 1 }
            return offset
        }
        isHasty = Bool.random(using: &random)
        self.random = random
        model = LedgerModel(base: base)
        ledger = PartitionLedger(base: base)
        store = GroupStore(
            .init(
                epoch: 0, session: session, sequence: 0, base: base,
                metadata: ledger.record(session: session, sequence: 0).metadata, model: model))
    }

    /// Lives through all of it.
    mutating func run(steps: Int) throws(Broken) {
        for _ in 0..<steps {
            switch Int.random(in: 0..<(isHasty ? 24 : 21), using: &random) {
            case 0..<6: for _ in 0..<Int.random(in: 1...3, using: &random) { try takeNext() }
            case 6: try takeAgain()
            case 7..<10: start()
            case 10..<13: finish()
            case 13: release()
            case 14..<17: inFlight.append(snapshot())
            case 17..<20: try deliver()
            default:
                try changeOwner()
                if isHasty { try begin() }
            }
            try compare()
        }
    }

    /// Starts at once what it finds.
    private mutating func begin() throws(Broken) {
        for _ in 0..<4 { try takeNext() }
        start()
        inFlight = [snapshot()]
        try deliver()
    }

    private mutating func takeNext() throws(Broken) {
        guard position < log.count else { return }
        let offset = log[position]
        position += 1
        let intake = ledger.take(offset)
        try check(intake == model.take(offset), "take \(offset): \(intake)")
        try check(!committed.contains(offset) || intake == .finished, "\(offset) is finished and runs again")
        try check(intake != .finished || published.contains(offset), "\(offset) never ran")
    }

    private mutating func takeAgain() throws(Broken) {
        guard let offset = log[..<position].randomElement(using: &random), offset < model.takenEnd else { return }
        let intake = ledger.take(offset)
        try check(intake == model.take(offset), "take \(offset) again: \(intake)")
    }

    private mutating func start() {
        for offset in model.unfinished.sorted() where Bool.random(using: &random) {
            ledger.start(offset)
            model.start(offset)
        }
    }

    private mutating func release() {
        guard let offset = log.randomElement(using: &random) else { return }
        ledger.release(offset)
        model.release(offset)
    }

    /// One in hand, or one that is not: nothing comes of that.
    private mutating func finish() {
        let isAny = Int.random(in: 0..<8, using: &random) == 0
        guard let offset = (isAny ? log : model.unfinished.sorted()).randomElement(using: &random) else { return }
        if model.unfinished.contains(offset) { published.insert(offset) }
        ledger.finish(offset)
        model.finish(offset)
    }

    private mutating func snapshot() -> GroupStore.Commit {
        sequence += 1
        let record = ledger.record(session: session, sequence: sequence)
        return .init(
            epoch: store.epoch, session: session, sequence: sequence, base: record.base, metadata: record.metadata,
            model: model)
    }

    /// The newest commit arrives, or one that is late.
    private mutating func deliver() throws(Broken) {
        let isLate = Bool.random(using: &random)
        guard let index = isLate ? inFlight.indices.randomElement(using: &random) : inFlight.indices.last else {
            return
        }
        let before = store.latest.base
        guard store.accept(inFlight.remove(at: index)) else { return }
        committed.formUnion(store.latest.model.finished)
        try check(store.latest.base >= before, "the committed offset fell from \(before) to \(store.latest.base)")
        for offset in log where offset < store.latest.base {
            try check(published.contains(offset), "\(offset) is unfinished below \(store.latest.base)")
        }
    }

    private mutating func changeOwner() throws(Broken) {
        var isReleased = false
        switch Int.random(in: 0..<(isHasty ? 12 : 3), using: &random) {
        case 0:  // Orderly, with a last commit.
            ledger.releaseAll()
            model.releaseAll()
            inFlight = [snapshot()]
            try deliver()
        case 1:  // Orderly, but the last commit was refused and the release published.
            isReleased = store.latest.session == session
        default:  // Killed, or out of the group for too long.
            break
        }
        // The same process may get it back.
        if Int.random(in: 0..<4, using: &random) > 0 { session += 1 }
        store.epoch += 1
        let latest = store.latest
        guard let record = LedgerRecord(metadata: latest.metadata, base: latest.base) else {
            throw Broken(description: "not read: \(latest)")
        }
        try check(record.session == latest.session && record.sequence == latest.sequence, "another record is read")
        let isOrderly = isReleased || record.session == session
        ledger = PartitionLedger(takingOver: record, isOrderly: isOrderly)
        model = latest.model
        model.takeOver(isOrderly: isOrderly)
        position = log.firstIndex { $0 >= ledger.base } ?? log.count
        // Now and then the log's beginning is gone.
        if Int.random(in: 0..<10, using: &random) == 0 {
            let first = min(position + Int.random(in: 1...3, using: &random), log.count)
            published.formUnion(log[position..<first])
            position = first
        }
    }

    private mutating func compare() throws(Broken) {
        try check(ledger.base == model.base, "base \(ledger.base), not \(model.base)")
        try check(ledger.takenEnd == model.takenEnd, "taken up to \(ledger.takenEnd), not \(model.takenEnd)")
        try check(ledger.unfinishedCount == model.unfinished.count, "\(ledger.unfinishedCount) unfinished")
        try check(ledger.startedCount == model.started.count, "\(ledger.startedCount) started")
        for _ in 0..<2 {
            guard let offset = log.randomElement(using: &random) else { return }
            try check(ledger.crashes(of: offset) == model.crashes(of: offset), "crashes of \(offset)")
        }
    }

    private func check(_ isRight: Bool, _ what: @autoclosure () -> String) throws(Broken) {
        if !isRight { throw Broken(description: what()) }
    }
}
