import Jobs

/// A record of the results topic.
struct Answer: Sendable, Hashable {
    var run: JobRun
    var status: TranslationResult.Status
    var text: String
    var tokens: [Int32]
    /// Why it could not be done, by name; empty where it could.
    var reason: String
    var worker: String
    var place: RecordPlace
    /// When the result was made, in nanoseconds since 1970.
    var finished: Int64?
    /// By when the independent client had it, in nanoseconds since 1970: so long it was in the topic at least.
    var seen: Int64

    /// Whether it says the same as another one. Who did it and how long it took may differ.
    func agrees(with other: Answer) -> Bool {
        status == other.status && text == other.text && tokens == other.tokens
    }
}
