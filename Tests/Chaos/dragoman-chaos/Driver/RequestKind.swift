/// Requests of the Kafka protocol, by their API keys.
enum RequestKind: Int16, CaseIterable, Sendable {
    case produce = 0
    case fetch = 1
    case commit = 8
    case join = 11
    case heartbeat = 12
}
