/// What is to happen to a job: the fleet's engine and storage do as it says.
///
/// It travels as the job's audio URI, `chaos:ID?sleep=300&poison=always`.
struct JobPlan: Sendable, Hashable {
    enum Trouble: Sendable, Hashable {
        case none
        /// The engine refuses it for good.
        case reject
        /// There is no such audio.
        case missing
        /// The storage fails so often, then has it.
        case flaky(times: Int)
        /// The engine kills its process so often, or always, until the fix is in.
        case poison(times: Int?)
        /// The engine makes no progress until it is cancelled.
        case hang
        /// The engine does not heed its cancellation.
        case deaf
        /// The message is not a job at all.
        case unreadable
    }

    var id: String
    /// Milliseconds in the engine.
    var sleep = 100
    /// Milliseconds until the storage answers.
    var fetch = 0
    /// Milliseconds in the engine the first time, where that differs.
    var firstSleep: Int?
    /// Milliseconds until the storage answers the first time, where that differs.
    var firstFetch: Int?
    /// Milliseconds of the recording, where it is to be longer than it takes to hold the plan.
    var audio: Int?
    var trouble = Trouble.none

    /// The text of its result: always the same.
    var text: String { "what \(id) says" }
    /// The tokens of its result.
    var tokens: [Int32] { id.utf8.map { Int32($0) } + [2] }
}
