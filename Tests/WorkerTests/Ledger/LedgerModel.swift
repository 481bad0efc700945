@testable import Worker

/// What a ledger is to know, kept as plainly as can be: what is said of each offset.
struct LedgerModel {
    /// Of those from where it began on.
    private(set) var finished: Set<Int64> = []
    private(set) var unfinished: Set<Int64> = []
    private(set) var started: Set<Int64> = []
    private(set) var takenEnd: Int64
    private(set) var base: Int64
    private var crashes: [Int64: Int] = [:]

    init(base: Int64) {
        self.base = base
        takenEnd = base
    }

    mutating func takeOver(isOrderly: Bool) {
        if !isOrderly { for offset in started { crashes[offset] = min(crashes[offset, default: 0] + 1, 15) } }
        started = []
        unfinished = []
        takenEnd = base
    }

    mutating func take(_ offset: Int64) -> LedgerIntake {
        if offset < takenEnd {
            if offset < base { return .wentBack }
            return finished.contains(offset) ? .finished : .repeated
        }
        finished.formUnion(takenEnd..<offset)
        takenEnd = offset + 1
        raiseBase()
        if finished.contains(offset) { return .finished }
        unfinished.insert(offset)
        switch crashes[offset, default: 0] {
        case 0: return .run
        case let count where count < 4: return .runAlone(crashes: count)
        case let count: return .lethal(crashes: count)
        }
    }

    mutating func start(_ offset: Int64) {
        if unfinished.contains(offset) { started.insert(offset) }
    }

    mutating func release(_ offset: Int64) { started.remove(offset) }

    mutating func releaseAll() { started = [] }

    mutating func finish(_ offset: Int64) {
        guard unfinished.remove(offset) != nil else { return }
        finished.insert(offset)
        started.remove(offset)
        raiseBase()
    }

    func crashes(of offset: Int64) -> Int { finished.contains(offset) ? 0 : crashes[offset, default: 0] }

    private mutating func raiseBase() {
        while finished.contains(base) { base += 1 }
    }
}
