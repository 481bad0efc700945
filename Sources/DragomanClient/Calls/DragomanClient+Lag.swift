import GRPCCore
import TranslationAPI

extension DragomanClient {
    /// How far the workers are behind, by partition.
    /// - Throws: ``DragomanError``.
    public func lag(timeout: Duration? = nil) async throws -> [PartitionLag] {
        try await backlog(timeout: timeout).partitions
    }

    /// How far the workers are behind, by partition; and what waits in each lane, how much audio that is, how fast it gets
    /// less, and when nothing will be left. Lanes are not told by gateways of before.
    /// - Throws: ``DragomanError``.
    public func backlog(
        timeout: Duration? = nil
    ) async throws -> (partitions: [PartitionLag], lanes: [LaneBacklog]) {
        let response = try await call(timeout: timeout ?? configuration.timeout) { stub, metadata, options in
            try await stub.getLag(
                request: ClientRequest(message: Dragoman_V1_GetLagRequest(), metadata: metadata), options: options)
        }
        return (response.partitions.map(PartitionLag.init), response.backlogs.map(LaneBacklog.init))
    }
}
