import FoundationEssentials
import Jobs
import Kafka

/// A job that has been taken from its partition and is not done.
struct TakenJob: Sendable {
    /// So many crashes and it is not run again: the first may have been anybody's, in the others it ran alone.
    static let lethalCrashes = 4

    let id: RecordID
    let message: JobMessage
    let lane: Lane
    /// The assignment it was delivered in.
    let epoch: Int
    /// Workers that may have died of it.
    let crashes: Int

    init(_ taken: KafkaGroupRecord, _ message: JobMessage, lane: Lane, crashes: Int) {
        id = RecordID(taken.record)
        self.message = message
        self.lane = lane
        epoch = taken.epoch
        self.crashes = crashes
    }

    var record: KafkaRecord { message.record }
    /// Whether it is to be given up rather than run.
    var isLethal: Bool { crashes >= Self.lethalCrashes }
    /// Whether it has to run alone in its process.
    var isSuspect: Bool { crashes > 0 && !isLethal }
}
