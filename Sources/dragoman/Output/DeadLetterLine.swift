import Coordinator
import Jobs

/// A dead letter in a list: a row of a table, or a line of JSON.
struct DeadLetterLine {
    let letter: DeadLetter

    static let columns: [(title: String, alignment: TextTable.Alignment)] = [
        ("AT", .right), ("TIME", .left), ("JOB", .left), ("RUN", .right), ("CLASS", .left), ("REASON", .left),
        ("TRIES", .right), ("WORKER", .left), ("FROM", .left), ("STATE", .left),
    ]

    init(_ letter: DeadLetter) {
        self.letter = letter
    }

    var row: [String] {
        [
            letter.shortPlace, letter.date?.iso8601, letter.jobID, letter.run.map { "\($0)" }, letter.failureClass,
            letter.reason, letter.attempts.map { "\($0)" }, letter.worker, letter.origin?.description,
            letter.state.rawValue,
        ].map { ($0 ?? "-").cut(toColumns: 100) }
    }

    var json: String {
        var object = JSONText()
        add(to: &object)
        return object.text
    }

    func add(to object: inout JSONText) {
        object.add("at", letter.shortPlace)
        object.add("time", letter.date?.iso8601)
        object.add("job_id", letter.jobID)
        object.add("run", letter.run)
        object.add("batch_id", letter.batchID)
        object.add("class", letter.failureClass)
        object.add("reason", letter.reason)
        object.add("attempts", letter.attempts)
        object.add("crashes", letter.crashes)
        object.add("worker", letter.worker)
        object.add("origin", letter.origin?.description)
        object.add("lane", letter.lane)
        object.add("bytes", letter.value?.count)
        object.add("state", letter.state.rawValue)
        object.add("state_since", letter.stateDate?.iso8601)
    }
}

extension DeadLetter {
    /// As `show`, `replay` and `purge` take it.
    var shortPlace: String { "\(place.partition)/\(place.offset)" }
}
