/// How long recordings are, learnt from results: by batch, and of all together where a batch has none yet.
struct BatchAverages: Sendable {
    /// A batch by the order in which it was first heard of.
    typealias Index = Int32

    /// Welford's running mean and variance.
    struct Average: Sendable {
        private(set) var count = 0
        private(set) var mean = 0.0
        private var squares = 0.0

        /// Of one recording; 0 until there are two.
        var variance: Double { count > 1 ? squares / Double(count - 1) : 0 }

        mutating func add(_ value: Double) {
            count += 1
            let delta = value - mean
            mean += delta / Double(count)
            squares += delta * (value - mean)
        }
    }

    private let limit: Int
    private var indices: [String: Index] = [:]
    private var averages: [Average] = []
    private var all = Average()

    /// - Parameter limit: Batches that are told apart at most.
    init(limit: Int = 10_000) {
        self.limit = limit
    }

    /// Whether batches have to be forgotten before others are told apart.
    var isFull: Bool { averages.count >= limit }

    /// A batch's place. Where there is no room for it, it shares that of jobs without a batch.
    mutating func index(of batchID: String) -> Index {
        if let index = indices[batchID] { return index }
        guard !isFull || batchID.isEmpty else { return index(of: "") }
        let index = Index(averages.count)
        indices[batchID] = index
        averages.append(Average())
        return index
    }

    /// Learns from a result.
    mutating func add(_ seconds: Double, batchID: String) {
        guard seconds > 0, seconds.isFinite else { return }
        let index = index(of: batchID)
        averages[Int(index)].add(seconds)
        all.add(seconds)
    }

    /// What is known of a batch's recordings; `nil` where no result has come at all.
    func average(of index: Index) -> Average? {
        if averages.indices.contains(Int(index)), averages[Int(index)].count > 0 { return averages[Int(index)] }
        return all.count > 0 ? all : nil
    }

    /// Forgets batches that nobody waits for.
    /// - Parameter used: Those of which jobs wait.
    /// - Returns: Their new places.
    mutating func compact(keeping used: Set<Index>) -> [Index: Index] {
        var moved: [Index: Index] = [:]
        var kept: [String: Index] = [:]
        var remaining: [Average] = []
        for (batchID, index) in indices where used.contains(index) || batchID.isEmpty {
            moved[index] = Index(remaining.count)
            kept[batchID] = Index(remaining.count)
            remaining.append(averages[Int(index)])
        }
        (indices, averages) = (kept, remaining)
        return moved
    }
}
