/// What is to be done with a record that arrives.
enum LedgerIntake: Sendable, Hashable {
    /// Run it together with others.
    case run
    /// It may have taken a process down: run it alone in its process.
    case runAlone(crashes: Int)
    /// It took a process down each time it ran alone: a dead letter, not to be run.
    case lethal(crashes: Int)
    /// It is finished: nothing to do.
    case finished
    /// It was taken before in this ownership and is not finished yet: nothing to do.
    case repeated
    /// It lies below what is done, or cannot be: the log was cut or lost, and what is known of it is worth nothing.
    case wentBack

    /// The runs that may crash: one in company, whose neighbours may be to blame, and three alone.
    static let lethalCrashes = 4

    /// For an unfinished job that crashed so many times.
    init(crashes: Int) {
        self =
            switch crashes {
            case ..<1: .run
            case ..<Self.lethalCrashes: .runAlone(crashes: crashes)
            default: .lethal(crashes: crashes)
            }
    }
}
