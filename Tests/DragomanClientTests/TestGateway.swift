import DragomanClient
import GRPCCore
import GRPCNIOTransportHTTP2
import GRPCProtobuf
import Synchronization
import TestSupport
import TranslationAPI

/// A gateway on a socket of its own, by the transport that real ones use. It can be broken off and started again at the
/// same port.
actor TestGateway {
    nonisolated let service: ScriptedService
    private let security: HTTP2ServerTransport.Posix.TransportSecurity
    private let socketPath: String?
    private var running: (task: Task<Void, any Error>, server: GRPCServer<HTTP2ServerTransport.Posix>)?
    private(set) var port = 0

    init(
        _ script: ScriptedService.Script, security: HTTP2ServerTransport.Posix.TransportSecurity = .plaintext,
        socketPath: String? = nil
    ) async throws {
        service = ScriptedService(script)
        self.security = security
        self.socketPath = socketPath
        try await start()
    }

    var endpoint: String { socketPath.map { "unix:\($0)" } ?? "127.0.0.1:\(port)" }

    /// Without patience, so that tests are quick.
    var configuration: DragomanClient.Configuration {
        get throws {
            var configuration = try DragomanClient.Configuration(endpoint: endpoint, security: .plaintext)
            configuration.timeout = .seconds(20)
            configuration.retry = RetryPolicy(
                attempts: 40, firstDelay: .milliseconds(10), longestDelay: .milliseconds(200))
            return configuration
        }
    }

    func start() async throws {
        let address =
            socketPath.map { SocketAddress.unixDomainSocket(path: $0) } ?? .ipv4(host: "127.0.0.1", port: port)
        let server = GRPCServer(
            transport: HTTP2ServerTransport.Posix(address: address, transportSecurity: security), services: [service],
            interceptors: [service])
        running = (Task { try await server.serve() }, server)
        if let bound = try await server.listeningAddress?.ipv4?.port { port = bound }
    }

    /// Ends all connections in the midst of whatever they were at.
    func breakOff() async {
        guard let running else { return }
        self.running = nil
        running.task.cancel()
        _ = await running.task.result
    }
}

/// Works with a client of a gateway that does what the script says.
func withGateway<Value: Sendable>(
    _ script: ScriptedService.Script, adjust: (inout DragomanClient.Configuration) -> Void = { _ in },
    _ body: @Sendable (DragomanClient, TestGateway) async throws -> Value
) async throws -> Value {
    let gateway = try await TestGateway(script)
    var configuration = try await gateway.configuration
    adjust(&configuration)
    let outcome = await Result { () async throws in
        try await DragomanClient.with(configuration) { client in try await body(client, gateway) }
    }
    await gateway.breakOff()
    return try outcome.get()
}

/// An error as gateways send it.
func gatewayError(
    _ code: RPCError.Code, _ reason: String, _ message: String, _ metadata: [String: String] = [:],
    domain: String = "dragoman.v1"
) -> GoogleRPCStatus {
    GoogleRPCStatus(
        code: code, message: message,
        details: [.errorInfo(reason: reason, domain: domain, metadata: metadata)])
}

/// The error that something fails with.
func failure(_ body: () async throws -> Void) async throws -> DragomanError {
    do {
        try await body()
    } catch let error as DragomanError {
        return error
    }
    throw NoFailure()
}

struct NoFailure: Error {}

/// What several tasks look at.
final class Shared<Value: Sendable>: Sendable {
    private let state: Mutex<Value>

    init(_ value: Value) { state = Mutex(value) }

    var value: Value {
        get { state.withLock { $0 } }
        set { state.withLock { $0 = newValue } }
    }
}

extension Result where Failure == any Error {
    init(_ body: () async throws -> Success) async {
        do {
            self = .success(try await body())
        } catch {
            self = .failure(error)
        }
    }
}

extension Dragoman_V1_Job {
    /// A job that waits, or has a result.
    init(_ id: String, batch: String = "", text: String? = nil) {
        self.init()
        job.id = id
        job.batchID = batch
        state = text == nil ? .waiting : .succeeded
        if let text {
            result.jobID = id
            result.batchID = batch
            result.status = .ok
            result.text = text
        }
    }
}
