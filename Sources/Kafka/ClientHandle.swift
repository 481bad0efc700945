import CRdkafka
import Foundation

/// Owns an `rd_kafka_t` together with what its callbacks need.
///
/// Destroying joins librdkafka's threads and has been seen to hang (librdkafka issue 4674), so it happens on a thread of
/// its own once the last reference is gone: nobody waits for it but those who ask ``destroyed``, and they only so long.
///
/// `@unchecked`: the pointer never changes, and librdkafka's handles may be used by several threads at once.
final class ClientHandle: @unchecked Sendable {
    let pointer: OpaquePointer
    let context: ClientContext
    /// Opens when the handle is destroyed.
    let destroyed = Latch()

    /// Creates a client, which begins to connect in the background.
    init(_ properties: ClientProperties, context: ClientContext) throws(KafkaError) {
        let configuration = try properties.makeConfiguration()
        context.install(in: configuration)
        var text = [CChar](repeating: 0, count: 512)
        let type = [.producer, .admin].contains(properties.kind) ? RD_KAFKA_PRODUCER : RD_KAFKA_CONSUMER
        guard let pointer = rd_kafka_new(type, configuration, &text, text.count) else {
            rd_kafka_conf_destroy(configuration)
            throw KafkaError(.configuration, String(nullTerminated: text))
        }
        self.pointer = pointer
        self.context = context
    }

    deinit {
        nonisolated(unsafe) let pointer = pointer
        let (context, destroyed) = (context, destroyed)
        Thread.detachNewThread {
            // Whoever had a group to leave has left it, or has run out of time for it.
            rd_kafka_destroy_flags(pointer, RD_KAFKA_DESTROY_F_NO_CONSUMER_CLOSE)
            withExtendedLifetime(context) { destroyed.open() }
        }
    }
}
