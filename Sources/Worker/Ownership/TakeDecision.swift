/// What is to be done with a record that has arrived.
enum TakeDecision: Sendable, Hashable {
    /// Its job is to be run: alone in the process if workers may have died of it.
    case run(crashes: Int)
    /// Its job is not to be run again: it has killed too many workers.
    case lethal(crashes: Int)
    /// Its job is done or under way, or the record is not this worker's any more.
    case skip
    /// It can't be taken until other jobs of its partition are finished and committed.
    case hold
}
