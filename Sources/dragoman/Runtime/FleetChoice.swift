import ArgumentParser
import CommandSupport
import Coordinator
import DragomanClient
import Jobs
import Logging
import RemoteFleet

/// Which fleet a command is about, and by which way.
struct FleetChoice {
    let kafka: KafkaArguments
    let group: GroupArguments
    let gateway: GatewayArguments
    let log: LogArguments

    /// - Parameter format: how jobs are encoded, where that was said.
    /// - Throws: `ValidationError` when nothing says where the fleet is, and for options that the way there does not have.
    func fleet(_ settings: Settings, format: WireFormat? = nil) throws -> any Fleet {
        // Together, so that brokers of a flag go before a gateway of the environment.
        let settings = try settings.overridden(by: kafka).overridden(by: group)
        let logger = try log.logger(settings, default: .critical)
        guard let configuration = try gatewayConfiguration(settings) else {
            let topics = try kafka.topics(settings)
            return KafkaFleet(
                kafka: try kafka.configuration(settings), topics: topics,
                group: try group.name(settings, topics: topics), format: format ?? .protobuf, logger: logger)
        }
        var options = try kafka.flags().overridden(by: group.flags()).origins
        if format != nil { options.append("--format") }
        if let option = options.min() {
            throw ValidationError("\(option): not with --gateway, which knows its brokers, topics and workers")
        }
        return try GatewayFleet(configuration: configuration)
    }

    private func gatewayConfiguration(_ settings: Settings) throws -> DragomanClient.Configuration? {
        do {
            return try gateway.configuration(settings)
        } catch let error as DragomanError {
            throw ValidationError("\(error)")
        }
    }
}

extension SettingLayer {
    /// Who says what it says.
    fileprivate var origins: [String] { (Array(values.values) + Array(kafka.values)).map(\.origin) }
}
