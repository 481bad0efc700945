import Jobs

/// How far a batch is.
public struct GatherProgress: Sendable, Hashable {
    /// Jobs in the batch; `nil` until its record is found.
    public var total: Int?
    /// Jobs with a result.
    public var done = 0
    /// Those of them that could not be done.
    public var failed = 0
    /// Audio translated, in seconds.
    public var audioSeconds = 0.0

    mutating func add(_ result: TranslationResult) {
        done += 1
        failed += result.status.isSuccess ? 0 : 1
        audioSeconds += result.audioSeconds
    }

    mutating func remove(_ result: TranslationResult) {
        done -= 1
        failed -= result.status.isSuccess ? 0 : 1
        audioSeconds -= result.audioSeconds
    }
}
