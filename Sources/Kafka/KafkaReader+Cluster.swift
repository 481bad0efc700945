import CRdkafka
import Logging

extension KafkaReader {
    /// How long the description of a group may take: brokers that don't know the request may not answer at all.
    private static let descriptionPatience = Duration.seconds(5)

    /// The members of a group and what they own; none if there is no such group.
    ///
    /// Nobody should depend on it: it is `nil` where the brokers don't tell, for whatever reason.
    /// - Throws: ``KafkaError`` (closed).
    public func groupMembers(of group: String) async throws -> [KafkaGroupMember]? {
        try await lookups.run { [self] in
            let handle = try openHandle()
            guard !describesNoGroups.value else { return nil }
            do throws(KafkaError) {
                return try handle.members(of: group, timeout: min(Self.descriptionPatience, configuration.requestTimeout))
            } catch {
                logger.debug("\(error)")
                if error.code == .notSupported { describesNoGroups.raise() }
                return nil
            }
        }
    }

    /// The cluster's brokers.
    /// - Throws: ``KafkaError`` (brokerUnreachable, authentication, closed).
    public var brokerDescription: KafkaBrokerDescription {
        get async throws {
            try await lookups.run { [self] in try openHandle().brokerDescription(configuration) }
        }
    }
}

extension ClientHandle {
    fileprivate func members(of group: String, timeout: Duration) throws(KafkaError) -> [KafkaGroupMember] {
        let action = "group \(group) can't be described"
        let event = try administer(RD_KAFKA_ADMIN_OP_DESCRIBECONSUMERGROUPS, action, timeout: timeout) {
            options, queue in
            group.withCString { name in
                var names: [UnsafePointer<CChar>?] = [name]
                rd_kafka_DescribeConsumerGroups(pointer, &names, names.count, options, queue)
            }
        }
        var count = 0
        let result = rd_kafka_event_DescribeConsumerGroups_result(event.pointer)
        let groups = rd_kafka_DescribeConsumerGroups_result_groups(result, &count)
        guard count == 1, let description = groups?[0] else { throw KafkaError(.other, "\(action): an empty answer") }
        if let error = rd_kafka_ConsumerGroupDescription_error(description) {
            let code = rd_kafka_error_code(error)
            if code != RD_KAFKA_RESP_ERR_NO_ERROR { throw KafkaError(code, action) }
        }
        return (0..<rd_kafka_ConsumerGroupDescription_member_count(description)).compactMap {
            rd_kafka_ConsumerGroupDescription_member(description, $0).map(KafkaGroupMember.init)
        }
    }
}

extension KafkaGroupMember {
    fileprivate init(_ member: OpaquePointer) {
        let assignment = rd_kafka_MemberDescription_assignment(member)
        let partitions = assignment.flatMap { rd_kafka_MemberAssignment_partitions($0) }
        self.init(
            id: rd_kafka_MemberDescription_consumer_id(member).map { String(cString: $0) } ?? "",
            clientID: rd_kafka_MemberDescription_client_id(member).map { String(cString: $0) } ?? "",
            host: rd_kafka_MemberDescription_host(member).map { String(cString: $0) } ?? "",
            partitions: PartitionList.elements(of: partitions).map(KafkaPartition.init).sorted())
    }
}
