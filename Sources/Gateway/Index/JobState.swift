import Jobs
import TranslationAPI

/// A job's state, as the service tells it and the index keeps it.
typealias JobState = Dragoman_V1_Job.State

extension JobState {
    /// What a job's terminal record makes of it.
    init(of result: TranslationResult) {
        self =
            switch result.status {
            case .ok, .noSpeech, .tooShort: .succeeded
            case .cancelled: .cancelled
            case .deadlineExceeded: .deadlineExceeded
            case .deadLettered: .deadLettered
            case .unspecified, .failed, .UNRECOGNIZED: .failed
            }
    }

    /// All there are, but for none.
    static let known: [JobState] = [
        .waiting, .delayed, .succeeded, .failed, .cancelled, .deadlineExceeded, .deadLettered,
    ]

    /// Whether nothing more comes of the job.
    var isFinal: Bool { self != .waiting && self != .delayed && self != .unspecified }
}

extension JobState {
    /// The name in the schema, such as `DEAD_LETTERED`.
    var name: String {
        String(describing: self).reduce(into: "") { name, character in
            if character.isUppercase { name.append("_") }
            name += character.uppercased()
        }
    }
}
