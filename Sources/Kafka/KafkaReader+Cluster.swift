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
                return try handle.members(
                    of: group, timeout: min(Self.descriptionPatience, configuration.requestTimeout))
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
    /// By the older of librdkafka's two ways: after `rd_kafka_DescribeConsumerGroups`, version 2.0.2 is stuck for good
    /// where the brokers don't know the request.
    fileprivate func members(of group: String, timeout: Duration) throws(KafkaError) -> [KafkaGroupMember] {
        var list: UnsafePointer<rd_kafka_group_list>?
        let error = rd_kafka_list_groups(pointer, group, &list, timeout.clampedMilliseconds)
        defer { if let list { rd_kafka_group_list_destroy(list) } }
        let groups = UnsafeBufferPointer(start: list?.pointee.groups, count: Int(list?.pointee.group_cnt ?? 0))
        // Of several brokers one may be away: what matters is the answer of the group's coordinator.
        let isAnswer = error == RD_KAFKA_RESP_ERR_NO_ERROR || error == RD_KAFKA_RESP_ERR__PARTIAL && !groups.isEmpty
        let failure = isAnswer ? groups.first { $0.err != RD_KAFKA_RESP_ERR_NO_ERROR }?.err : error
        if let failure { throw KafkaError(failure, "group \(group) can't be described") }
        return groups.flatMap { group in
            UnsafeBufferPointer(start: group.members, count: Int(group.member_cnt)).map(KafkaGroupMember.init)
        }
    }
}

extension KafkaGroupMember {
    fileprivate init(_ member: rd_kafka_group_member_info) {
        let assignment = UnsafeRawBufferPointer(
            start: member.member_assignment, count: Int(member.member_assignment_size))
        self.init(
            id: member.member_id.map { String(cString: $0) } ?? "",
            clientID: member.client_id.map { String(cString: $0) } ?? "",
            host: member.client_host.map { String(cString: $0) } ?? "",
            partitions: ConsumerProtocol.partitions(ofAssignment: Array(assignment))?.sorted() ?? [])
    }
}
