/// What a job may ask for at most. A model's own limits can be lower.
public enum JobLimits {
    /// Bytes of an id of a job or a batch.
    public static let idLength = 128
    /// Bytes of an audio URI.
    public static let uriLength = 4096
    /// Bytes of a model name, a language or another short text.
    public static let nameLength = 256
    /// Number of beams.
    public static let beams: ClosedRange<UInt32> = 1...64
    /// Tokens of a translation.
    public static let tokens: ClosedRange<UInt32> = 1...4096
    /// Labels of a job.
    public static let labels = 32
    /// Bytes of a label's key.
    public static let labelKeyLength = 64
    /// Bytes of a label's value.
    public static let labelValueLength = 1024
}
