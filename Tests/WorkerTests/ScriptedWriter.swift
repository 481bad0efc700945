import Kafka
import Synchronization

@testable import Worker

/// A writer that keeps what it is given, unless the test says why not.
final class ScriptedWriter: RecordWriter {
    private let kept = Mutex<[KafkaProducerRecord]>([])
    private let closings = Atomic(0)
    private let script: @Sendable (KafkaProducerRecord) throws -> Void

    init(script: @escaping @Sendable (KafkaProducerRecord) throws -> Void = { _ in }) {
        self.script = script
    }

    var records: [KafkaProducerRecord] { kept.withLock { $0 } }
    var isClosed: Bool { closings.load(ordering: .relaxed) > 0 }

    func write(_ record: KafkaProducerRecord) async throws {
        try script(record)
        kept.withLock { $0.append(record) }
    }

    func close(timeout: Duration) async {
        closings.add(1, ordering: .relaxed)
    }
}

extension KafkaProducerRecord {
    /// About what it takes in a message.
    var byteCount: Int {
        headers.reduce((key?.count ?? 0) + (value?.count ?? 0)) { $0 + $1.key.utf8.count + ($1.value?.count ?? 0) }
    }

    /// The values of a header.
    func values(_ name: String) -> [String] {
        headers.filter { $0.key == name }.compactMap(\.value).map { String(decoding: $0, as: UTF8.self) }
    }
}
