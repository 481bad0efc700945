import Coordinator
import DragomanClient

/// A fleet behind a gateway: what is known of its jobs is what the gateway's index has.
///
/// A gateway does not tell which jobs were lost with their topics, where results lie, and when jobs are tried again.
public final class GatewayFleet: Fleet {
    let client: DragomanClient
    private let running: Task<Void, any Error>

    /// Creates a fleet's view. It connects in the background; ``close()`` it when done.
    /// - Throws: ``CoordinatorError`` (gatewayConfiguration).
    public init(configuration: DragomanClient.Configuration) throws(CoordinatorError) {
        let client: DragomanClient
        do throws(DragomanError) {
            client = try DragomanClient(configuration: configuration)
        } catch {
            throw CoordinatorError(error)
        }
        self.client = client
        running = Task { try await client.run() }
    }

    deinit { running.cancel() }

    /// Ends the connection.
    public func close() async {
        client.close()
        _ = await running.result
    }

    /// Asks the gateway, and has its errors as the coordinator's.
    func asking<Value>(_ body: () async throws -> Value) async throws -> Value {
        do {
            return try await body()
        } catch let error as DragomanError {
            throw CoordinatorError(error)
        }
    }

    /// - Returns: `nil` when the gateway does not know the batch.
    func batch(_ id: String) async throws -> DragomanClient.Batch? {
        do {
            return try await client.batch(id)
        } catch let error as DragomanError where error.code == .batchNotFound {
            return nil
        }
    }

    /// - Returns: `nil` when the gateway does not know the job.
    func job(_ id: String) async throws -> DragomanClient.Job? {
        do {
            return try await client.job(id)
        } catch let error as DragomanError where error.code == .jobNotFound {
            return nil
        }
    }
}
