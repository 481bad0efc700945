import Checkpoint
import Jobs
import SpeechTranslation

extension DecodingOptions {
    /// What a job asks for; what it leaves open stays the checkpoint's own.
    /// - Parameter target: the target language; `nil` or empty for the checkpoint's own.
    public init(_ decoding: JobDecoding, target: String?) {
        self.init()
        if let target, !target.isEmpty { self.target = target }
        if decoding.hasBeams { beams = Int(decoding.beams) }
        if decoding.hasMaxLength { maxLength = Int(decoding.maxLength) }
        if decoding.hasMaxNewTokens { maxNewTokens = Int(decoding.maxNewTokens) }
        if decoding.hasLengthPenalty { lengthPenalty = Float(decoding.lengthPenalty) }
        if decoding.hasNoRepeatNgramSize { noRepeatNgramSize = Int(decoding.noRepeatNgramSize) }
        if decoding.hasNBest { hypotheses = Int(decoding.nBest) }
        earlyStopping =
            switch decoding.earlyStopping {
            case .true: .yes
            case .false: .no
            case .never: .never
            case .unspecified, .UNRECOGNIZED: nil
            }
    }
}
