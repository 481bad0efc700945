/// A worker process from its start to its end.
struct WorkerLife: Sendable {
    let pid: Int32
    let worker: String
    let spawned: Int64
    var exited: Int64?
    var status: String?
    var killed: Int64?
    var terminated: Int64?
    /// When a poisonous job took it down.
    var dying: Int64?
    /// Whether it was ever given partitions, be they none.
    var hasTakenPart = false
    /// Stretches in which it was stopped.
    var pauses: [ClosedRange<Int64>] = []

    /// Whether it ended as it was told to, or by somebody else's doing.
    var endedWell: Bool {
        guard let status else { return false }
        if terminated != nil, status == "0" { return true }
        // Told to stop before it listened: it held nothing then.
        if terminated != nil, status == "signal 15", !hasTakenPart { return true }
        return status == "signal 9" && (killed != nil || dying != nil)
    }
}
