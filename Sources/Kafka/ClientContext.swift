import CRdkafka
import Logging
import Synchronization

/// What librdkafka's callbacks get hold of through the handle's opaque pointer. ``ClientHandle`` keeps it alive until
/// the handle is destroyed.
final class ClientContext: Sendable {
    private struct State {
        var fatalError: KafkaError?
        var lastFailure: KafkaError?
        var allBrokersDown = false
        var offsetResets: [OffsetReset] = []
    }

    /// Called for every delivery report by the thread that polls.
    let onDelivery: DeliveryHandler?
    /// Called for every rebalance by the thread that polls; it has to assign or unassign.
    let onRebalance: RebalanceHandler?
    private let logger: Logger
    private let state = Mutex(State())

    typealias DeliveryHandler =
        @Sendable (_ client: OpaquePointer, _ message: UnsafePointer<rd_kafka_message_t>) -> Void

    typealias RebalanceHandler =
        @Sendable (
            _ client: OpaquePointer, _ kind: rd_kafka_resp_err_t,
            _ partitions: UnsafeMutablePointer<rd_kafka_topic_partition_list_t>?
        ) -> Void

    init(logger: Logger, onDelivery: DeliveryHandler? = nil, onRebalance: RebalanceHandler? = nil) {
        self.logger = logger
        self.onDelivery = onDelivery
        self.onRebalance = onRebalance
    }

    /// The error after which the client is of no use any more, if there was one.
    var fatalError: KafkaError? { state.withLock { $0.fatalError } }

    /// The last thing that went wrong with a broker connection.
    var lastFailure: KafkaError? { state.withLock { $0.lastFailure } }

    /// Whether all brokers were reported down since the last call.
    func takeAllBrokersDown() -> Bool {
        state.withLock { state in
            defer { state.allBrokersDown = false }
            return state.allBrokersDown
        }
    }

    /// The reading positions given up since the last call.
    func takeOffsetResets() -> [OffsetReset] {
        state.withLock { state in
            defer { state.offsetResets = [] }
            return state.offsetResets
        }
    }

    /// An error for a request that got no answer, with what the connections complained about.
    func unanswered(_ message: String, _ error: rd_kafka_resp_err_t) -> KafkaError {
        let plain = KafkaError(error, fallback: .brokerUnreachable, message)
        guard [.brokerUnreachable, .timedOut].contains(plain.code), let failure = lastFailure else { return plain }
        if failure.code == .authentication { return failure }
        return KafkaError(
            .brokerUnreachable, "\(message); last failure: \(failure.message)", isRetriable: true,
            brokerError: plain.brokerError)
    }

    /// Has a configuration call back into this context.
    func install(in configuration: OpaquePointer) {
        rd_kafka_conf_set_opaque(configuration, Unmanaged.passUnretained(self).toOpaque())
        rd_kafka_conf_set_log_cb(configuration) { client, level, facility, text in
            guard let text, let context = ClientContext.of(rd_kafka_opaque(client)) else { return }
            context.log(level, facility.map { String(cString: $0) } ?? "", String(cString: text))
        }
        rd_kafka_conf_set_error_cb(configuration) { client, error, reason, opaque in
            guard let client, let context = ClientContext.of(opaque) else { return }
            context.failed(client, rd_kafka_resp_err_t(error), reason.map { String(cString: $0) } ?? "")
        }
        if onDelivery != nil {
            rd_kafka_conf_set_dr_msg_cb(configuration) { client, message, opaque in
                guard let client, let message else { return }
                ClientContext.of(opaque)?.onDelivery?(client, message)
            }
        }
        if onRebalance != nil {
            rd_kafka_conf_set_rebalance_cb(configuration) { client, kind, partitions, opaque in
                guard let client else { return }
                ClientContext.of(opaque)?.onRebalance?(client, kind, partitions)
            }
        }
    }

    private static func of(_ opaque: UnsafeMutableRawPointer?) -> ClientContext? {
        opaque.map { Unmanaged<ClientContext>.fromOpaque($0).takeUnretainedValue() }
    }

    /// Notes why a client has become useless.
    func becameFatal(_ client: OpaquePointer) {
        guard let failure = KafkaError(fatalErrorOf: client) else { return }
        logger.error("\(failure)")
        state.withLock { $0.fatalError = failure }
    }

    /// librdkafka tries again by itself after anything but a fatal error.
    private func failed(_ client: OpaquePointer, _ error: rd_kafka_resp_err_t, _ reason: String) {
        if error == RD_KAFKA_RESP_ERR__FATAL { return becameFatal(client) }
        let failure = KafkaError(error, reason)
        let isBrokerFailure = [.brokerUnreachable, .authentication].contains(failure.code)
        let areAllDown = error == RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN
        // What went wrong with one broker has been logged already, see log(_:_:_:).
        logger.log(level: isBrokerFailure && !areAllDown ? .debug : .warning, "\(failure)")
        state.withLock { state in
            if areAllDown {
                state.allBrokersDown = true
            } else {
                state.lastFailure = failure
            }
        }
    }

    /// librdkafka's levels are those of syslog.
    private func log(_ level: Int32, _ facility: String, _ text: String) {
        // One properties file serves all kinds of clients, so this one is no news.
        let isForeignProperty = facility == "CONFWARN" && text.contains("will be ignored by this")
        // Said in other words by those who read.
        let reset = level <= 4 ? OffsetReset(facility: facility, text: text) : nil
        if let reset { state.withLock { $0.offsetResets.append(reset) } }
        let level: Logger.Level =
            switch level {
            case _ where isForeignProperty || reset != nil: .debug
            case ...2: .critical
            case 3: .error
            case 4: .warning
            case 5: .notice
            case 6: .info
            default: .debug
            }
        logger.log(level: level, "\(text)", metadata: ["librdkafka": "\(facility)"])
    }
}
