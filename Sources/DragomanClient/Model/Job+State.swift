import TranslationAPI

extension DragomanClient.Job {
    /// How far a job is.
    public enum State: Sendable, Hashable {
        /// It lies in its topic; a worker may be at it.
        case waiting
        /// It failed for a while, and is tried again later.
        case delayed
        /// Translated, or found to have no speech in it.
        case succeeded
        /// It could not be done; the result says why.
        case failed
        /// Called off.
        case cancelled
        /// Its deadline passed first.
        case deadlineExceeded
        /// Given up.
        case deadLettered
        /// One that a newer gateway knows, by its number.
        case other(Int)

        /// Whether it stays so, as far as this version knows.
        public var isFinished: Bool {
            switch self {
            case .waiting, .delayed, .other: false
            case .succeeded, .failed, .cancelled, .deadlineExceeded, .deadLettered: true
            }
        }

        init(_ state: Dragoman_V1_Job.State) {
            self =
                switch state {
                case .waiting: .waiting
                case .delayed: .delayed
                case .succeeded: .succeeded
                case .failed: .failed
                case .cancelled: .cancelled
                case .deadlineExceeded: .deadlineExceeded
                case .deadLettered: .deadLettered
                case .unspecified, .UNRECOGNIZED: .other(state.rawValue)
                }
        }

        var inSchema: Dragoman_V1_Job.State {
            switch self {
            case .waiting: .waiting
            case .delayed: .delayed
            case .succeeded: .succeeded
            case .failed: .failed
            case .cancelled: .cancelled
            case .deadlineExceeded: .deadlineExceeded
            case .deadLettered: .deadLettered
            case .other(let number): Dragoman_V1_Job.State(rawValue: number) ?? .unspecified
            }
        }
    }
}
