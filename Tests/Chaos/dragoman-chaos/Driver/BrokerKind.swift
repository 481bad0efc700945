import ArgumentParser

/// The brokers a run can be made on; neither is ours.
enum BrokerKind: String, Codable, CaseIterable, ExpressibleByArgument, Sendable {
    /// librdkafka's mock cluster, in the driver's process: fails on demand.
    case embedded
    /// An independent implementation, in a process of its own: can be killed.
    case noida
}
