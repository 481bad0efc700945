/// What a submit is doing.
public enum SubmitProgress: Sendable, Hashable {
    /// Looking for what earlier submits of the batch left behind.
    case lookingBack
    /// Sending: so many jobs are acknowledged.
    case sending(sent: Int, total: Int)
    /// Waiting until the workers have caught up.
    case waiting(backlog: Int64, sent: Int, total: Int)
}
