/// The sizes the XLS-R speech-translation checkpoints come in, by the paper's names.
public enum CheckpointSize: String, Sendable, CaseIterable, Codable {
    /// 300 million parameters in the encoder.
    case small = "0.3B"
    /// One billion.
    case medium = "1B"
    /// Two billion.
    case large = "2B"

    /// The size that a checkpoint's name tells, such as `wav2vec2-xls-r-1b-21-to-en`; `nil` for other models.
    public init?(modelName: String) {
        let name = modelName.lowercased()
        guard name.contains("xls-r-") else { return nil }
        if name.contains("xls-r-300m") {
            self = .small
        } else if name.contains("xls-r-1b") {
            self = .medium
        } else if name.contains("xls-r-2b") {
            self = .large
        } else {
            return nil
        }
    }
}
