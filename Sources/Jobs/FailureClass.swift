/// What kind of failure a job met, and so what happens to it.
public enum FailureClass: String, Sendable, CaseIterable {
    /// The message can't be read: a dead letter.
    case unreadable
    /// It would fail every time: a failed result.
    case permanent
    /// It may pass: tried again.
    case transient
    /// It takes the worker down with it: a dead letter after the third time.
    case lethal
}
