import ArgumentParser
import Jobs

/// Whether translations are guarded.
struct GuardArguments: ParsableArguments {
    @Flag(
        inversion: .prefixedNo,
        help: """
            Make a translation that repeats itself again without repetitions, and end one that has more tokens than \
            anybody speaks in the time. (default: for the segments of recordings that are cut; whole ones have Hugging \
            Face's tokens)
            """)
    var guards: Bool?

    /// The same as a job says it.
    var inJob: Bool? { guards }
}
