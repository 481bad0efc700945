/// Something that is done to a fleet.
enum Fault: Sendable, Hashable {
    /// SIGKILL to the worker of a slot.
    case kill(Int)
    /// SIGTERM to the worker of a slot.
    case terminate(Int)
    /// SIGSTOP to the worker of a slot, SIGCONT so many milliseconds later.
    case pause(Int, milliseconds: Int)
    /// The broker is cut off for so many milliseconds.
    case outage(milliseconds: Int)
    /// The broker takes so long to answer, for so many milliseconds.
    case latency(Int, milliseconds: Int)
    /// So many requests fail.
    case errors(RequestKind, ProtocolFailure, times: Int)
    /// The storage is like this for so many milliseconds.
    case storage(StorageWeather, milliseconds: Int)
}
