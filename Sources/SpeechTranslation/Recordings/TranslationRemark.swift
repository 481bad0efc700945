/// What a reader of a translation should know of it.
public enum TranslationRemark: Sendable, Hashable, CaseIterable {
    /// Hardly anybody speaks there: the text is likely made up.
    case nonSpeech
    /// The translation repeated itself; this is another one, in which no three tokens occur twice.
    case repetition
    /// The translation was ended where more tokens than anybody speaks in the time would follow.
    case tokenBudget
}
