/// The records of one send on their way to the brokers.
struct PendingSend {
    /// Where an acknowledged record is.
    typealias Position = (partition: Int32, offset: Int64)
    typealias Outcome = Result<[Position], any Error>

    private var positions: [Position]
    private var unfinished: Int
    /// The failure of the earliest record that has failed.
    private var failure: (index: Int, error: any Error)?

    init(count: Int) {
        positions = Array(repeating: (0, 0), count: count)
        unfinished = count
    }

    /// What came of the send, once no record is under way any more.
    var outcome: Outcome? {
        guard unfinished == 0 else { return nil }
        return failure.map { .failure($0.error) } ?? .success(positions)
    }

    /// Notes what came of one record.
    mutating func finish(_ index: Int, with result: Result<Position, any Error>) {
        guard positions.indices.contains(index), unfinished > 0 else { return }
        unfinished -= 1
        switch result {
        case .success(let position): positions[index] = position
        case .failure(let error): note(error, at: index)
        }
    }

    /// Notes that the records from an index on were not handed over.
    mutating func abandon(from index: Int, error: any Error) {
        unfinished -= min(positions.count - index, unfinished)
        note(error, at: index)
    }

    private mutating func note(_ error: any Error, at index: Int) {
        guard index < failure?.index ?? .max else { return }
        failure = (index, error)
    }
}
