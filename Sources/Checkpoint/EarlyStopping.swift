/// When beam search stops once it has as many finished hypotheses as beams: Hugging Face's `early_stopping`.
public enum EarlyStopping: String, Sendable, Hashable, CaseIterable {
    /// `true`: at once.
    case yes
    /// `false`: when the best running beam, scored at its present length, can't beat the worst finished one.
    case no
    /// `"never"`: when it can't beat it at any length up to the longest.
    case never
}
