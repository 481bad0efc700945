import GRPCCore
import GRPCNIOTransportHTTP2
@_exported import Jobs
import ServiceLifecycle
import Synchronization
import TranslationAPI

/// A connection to a gateway: submits translation jobs, and tells what becomes of them.
///
///     let configuration = try DragomanClient.Configuration(endpoint: "gateway.internal:8443")
///     try await DragomanClient.with(configuration) { client in
///         let job = try await client.submit(TranslationJob(uri: "file:///audio/call-17.wav", into: "en"))
///         let result = try await client.result(of: job)
///         print(result.text)
///     }
///
/// A client that lives as long as its program is a `Service` of swift-service-lifecycle: give it to a `ServiceGroup`, or
/// run ``run()`` in a task of your own. Calls made before that wait for it.
///
/// All calls may be made from any task at the same time, share one connection, and are ended by their task's cancellation
/// (`CancellationError`). They throw ``DragomanError``. What fails since the gateway is away for a moment is tried again,
/// see ``Configuration/retry``; nothing is done twice for it, since a job is known by its id.
public final class DragomanClient: Service {
    typealias Stub = Dragoman_V1_TranslationService.Client<HTTP2ClientTransport.Posix>

    /// What it was made with.
    public let configuration: Configuration

    let stub: Stub
    let credentials: Credentials?
    let watches = WatchRegistry()
    let calls = CallCounter()
    private let connection: GRPCClient<HTTP2ClientTransport.Posix>

    /// How long the connection's own end may take when nothing is under way any more.
    private static let farewell = Duration.seconds(1)

    /// Creates a client, which connects when it runs.
    /// - Throws: ``DragomanError`` (configuration) where certificates can't be read or don't fit.
    public init(configuration: Configuration) throws(DragomanError) {
        self.configuration = configuration
        credentials = configuration.token.map(Credentials.init)
        connection = GRPCClient(transport: try HTTP2ClientTransport.Posix(configuration))
        stub = Stub(wrapping: connection)
    }

    /// Keeps the connection until ``close()``, the graceful shutdown of its service group, or the task's cancellation;
    /// the last one ends the calls that are under way. Can be called once.
    public func run() async throws {
        try await withGracefulShutdownHandler {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await self.connection.runConnections() }
                group.addTask {
                    await self.calls.waitForLast()
                    // The transport does not heed its shutdown while it looks for a name.
                    try await Task.sleep(for: Self.farewell)
                }
                try await group.next()
                group.cancelAll()
            }
        } onGracefulShutdown: {
            self.close()
        }
    }

    /// Lets the calls that are under way finish and takes no more; watches end with ``DragomanError`` (closed). ``run()``
    /// returns then.
    public func close() {
        watches.close()
        calls.close()
        connection.beginGracefulShutdown()
    }

    /// Works with a client that is closed afterwards.
    /// - Throws: ``DragomanError`` (configuration), or what `body` throws.
    public static func with<Value: Sendable>(
        _ configuration: Configuration, _ body: (DragomanClient) async throws -> Value
    ) async throws -> Value {
        let client = try DragomanClient(configuration: configuration)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await client.run() }
            do {
                let value = try await body(client)
                await client.end(&group)
                return value
            } catch {
                await client.end(&group)
                throw error
            }
        }
    }

    /// A client that was closed before it ran complains about that; nobody cares any more.
    private func end(_ group: inout ThrowingTaskGroup<Void, any Error>) async {
        close()
        _ = await group.nextResult()
    }
}
