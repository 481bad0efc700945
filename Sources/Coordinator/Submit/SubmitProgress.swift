/// What a submit is doing.
public enum SubmitProgress: Sendable, Hashable {
    /// Looking for what earlier submits of the batch left behind.
    case lookingBack
    /// Sending: so many jobs are acknowledged.
    case sending(sent: Int, total: Int)
    /// Waiting until the workers have caught up; how many jobs they have before them is not always known.
    case waiting(backlog: Int64?, sent: Int, total: Int)
}
