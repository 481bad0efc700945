import ArgumentParser
import Jobs

/// How to search for the translation. What is left out is the checkpoint's own setting.
struct DecodingArguments: ParsableArguments {
    @Option(help: ArgumentHelp("Language to translate into, such as de or de_DE.", valueName: "language"))
    var target: String?

    @Option(help: "Number of beams; 1 is greedy search.")
    var beams: UInt32?

    @Option(help: "Most tokens of a translation, the start token included.")
    var maxLength: UInt32?

    @Option(help: "Most tokens of a translation without the start token.")
    var maxNewTokens: UInt32?

    @Option(help: "Exponent of the length that a hypothesis' score is divided by.")
    var lengthPenalty: Double?

    @Option(help: "When beam search ends.")
    var earlyStopping: EarlyStoppingArgument?

    @Option(help: "Length of token sequences that may not occur twice; 0 allows all.")
    var noRepeatNgramSize: UInt32?

    func validate() throws {
        do {
            try inJob.validate()
        } catch {
            throw ValidationError(error.message)
        }
    }

    /// The same as a job says it.
    var inJob: JobDecoding {
        var decoding = JobDecoding()
        if let beams { decoding.beams = beams }
        if let maxLength { decoding.maxLength = maxLength }
        if let maxNewTokens { decoding.maxNewTokens = maxNewTokens }
        if let lengthPenalty { decoding.lengthPenalty = lengthPenalty }
        if let earlyStopping { decoding.earlyStopping = earlyStopping.inJob }
        if let noRepeatNgramSize { decoding.noRepeatNgramSize = noRepeatNgramSize }
        return decoding
    }
}
