/// How far something is that takes a while.
struct ProgressReport: Sendable, Hashable {
    /// What a job that is done was, such as `done` or `sent`.
    var verb: String
    /// Jobs that are done.
    var done = 0
    /// Jobs there are; `nil` where that is not known.
    var total: Int?
    /// Those of ``done`` that failed.
    var failed = 0
    /// Audio in them, in seconds.
    var audioSeconds: Double?
    /// Work done and work there is, in whatever unit tells best how long the rest takes; `nil` counts jobs.
    var work: Work?
    /// Whether the work is done at the pace it will go on at. What was there before says nothing about that.
    var isSteady = true

    struct Work: Sendable, Hashable {
        var done: Double
        var total: Double
    }

    /// What an estimate is made from; `nil` where nobody knows how much there is.
    var measuredWork: Work? {
        work ?? total.map { Work(done: Double(done), total: Double($0)) }
    }

    /// As words, for where there is no bar.
    /// - Parameter secondsLeft: the estimate, if there is one.
    func words(secondsLeft: Double?) -> [String] {
        var words = [
            (total.map { "\(ReadableNumber.count(done)) of \(ReadableNumber.count($0))" } ?? ReadableNumber.count(done))
                + " \(verb)"
        ]
        if failed > 0 { words.append("\(ReadableNumber.count(failed)) failed") }
        if let audioSeconds { words.append("\(ReadableNumber.duration(seconds: audioSeconds)) of audio") }
        if let secondsLeft { words.append("\(ReadableNumber.duration(seconds: secondsLeft)) left") }
        return words
    }
}
