import ArgumentParser
import Jobs

/// How many hypotheses are wanted.
struct NBestArguments: ParsableArguments {
    @Option(help: "How many of the best hypotheses to give, at most as many as beams.")
    var nBest: UInt32?

    /// The decoding options with this one among them.
    /// - Throws: `ValidationError` where they don't go together.
    func added(to decoding: JobDecoding) throws -> JobDecoding {
        guard let nBest else { return decoding }
        var decoding = decoding
        decoding.nBest = nBest
        do {
            try decoding.validate()
        } catch {
            throw ValidationError(error.message)
        }
        return decoding
    }
}
