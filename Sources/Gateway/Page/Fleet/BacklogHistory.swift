import Coordinator
import Kafka

/// The backlog of each partition over a while, in columns of equal length: the most that was seen in each. However long it
/// is kept, it takes no more room.
struct BacklogHistory: Sendable {
    /// How far back it goes, in seconds.
    let window: Int

    /// What a picture of ordinary width can show.
    private static let mostColumns = 150

    private struct Column: Sendable {
        /// Its number since 1970.
        let number: Int64
        /// By partition, in the order in which partitions were first seen.
        var lags: [Int64] = []
    }

    private let columnLength: Int64
    private var columns: [Column] = []
    private var places: [KafkaPartition: Int] = [:]

    /// - Parameter window: seconds.
    init(window: Int) {
        self.window = window
        columnLength = Int64(window) * 1000 / Int64(Self.mostColumns)
    }

    /// Takes a reading.
    /// - Parameter time: milliseconds since 1970.
    mutating func add(_ report: LagReport, at time: Int64) {
        let number = time / columnLength
        if columns.last.map({ $0.number < number }) ?? true { columns.append(Column(number: number)) }
        columns.removeAll { $0.number <= number - Int64(Self.mostColumns) }
        guard !columns.isEmpty else { return }
        for each in report.partitions {
            let partition = KafkaPartition(topic: each.topic, partition: each.partition)
            let place = places[partition] ?? places.count
            places[partition] = place
            let missing = place + 1 - columns[columns.count - 1].lags.count
            if missing > 0 { columns[columns.count - 1].lags += [Int64](repeating: 0, count: missing) }
            let lag = columns[columns.count - 1].lags[place]
            columns[columns.count - 1].lags[place] = max(lag, each.waiting)
        }
    }

    /// When the columns begin, in milliseconds since 1970.
    var times: [Int64] { columns.map { $0.number * columnLength } }

    /// What waited in a partition, by column.
    func lags(of partition: KafkaPartition) -> [Int64] {
        guard let place = places[partition] else { return columns.map { _ in 0 } }
        return columns.map { $0.lags.indices.contains(place) ? $0.lags[place] : 0 }
    }
}
