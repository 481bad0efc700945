import HTTPTypes
import Hummingbird
import Logging
import NIOCore

/// Answers over HTTP what a process measures and how it is: `/metrics`, `/healthz`, `/readyz` and `/startupz`, and whatever
/// else is added to its router.
public struct MonitoringServer: Sendable {
    /// What requests to it find.
    public typealias Routes = Router<BasicRequestContext>

    private let host: String
    private let port: Int
    private let registry: MetricRegistry
    private let health: HealthState
    private let addRoutes: @Sendable (Routes) -> Void
    private let logger: Logger

    /// Creates a server.
    /// - Parameters:
    ///   - host: The address to listen at, numeric.
    ///   - port: 0 has the system choose one.
    ///   - addRoutes: Adds what else there is to be found.
    public init(
        host: String, port: Int, registry: MetricRegistry, health: HealthState, logger: Logger,
        addRoutes: @escaping @Sendable (Routes) -> Void = { _ in }
    ) {
        self.host = host
        self.port = port
        self.registry = registry
        self.health = health
        self.addRoutes = addRoutes
        self.logger = logger
    }

    /// Serves while `body` runs, also while it comes to its end after a cancellation.
    /// - Parameter onListening: Called with host and port once requests are taken, before `body` begins.
    /// - Throws: ``MonitoringError`` when it can't listen; what `body` throws.
    public func run<Success: Sendable>(
        onListening: @escaping @Sendable (_ address: String) -> Void = { _ in },
        beside body: () async throws -> Success
    ) async throws -> Success {
        let (states, state) = AsyncStream<Result<String, any Error>>.makeStream()
        // A task of its own does not hear of the cancellation.
        let serving = Task {
            let outcome = await Result { () async throws in
                try await serve { state.yield(.success($0)) }
            }
            if case .failure(let error) = outcome, !(error is CancellationError) { state.yield(.failure(error)) }
            state.finish()
        }
        defer { serving.cancel() }
        for await first in states {
            switch first {
            case .success(let address):
                logger.info("serving HTTP", metadata: ["address": "\(address)"])
                onListening(address)
            case .failure(let error):
                throw MonitoringError(
                    .address, "can't listen at \(host):\(port) for HTTP: \(error)", cause: error)
            }
            break
        }
        return try await body()
    }

    private func serve(onListening: @escaping @Sendable (String) -> Void) async throws {
        var quiet = logger
        quiet.logLevel = max(logger.logLevel, .warning)
        let application = Application(
            router: router,
            configuration: ApplicationConfiguration(address: .hostname(host, port: port), serverName: nil),
            onServerRunning: { channel in
                let port = channel.localAddress?.port ?? 0
                onListening(host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)")
            }, logger: quiet)
        try await application.run()
    }

    private var router: Routes {
        let router = Router(context: BasicRequestContext.self)
        router.get("/metrics") { [registry] request, _ in
            let format = ExpositionFormat(accept: request.headers[.accept])
            return Self.response(.ok, registry.text(format), type: format.contentType)
        }
        let probes: [(RouterPath, HealthState.Probe)] = [
            ("/healthz", .live), ("/readyz", .ready), ("/startupz", .started),
        ]
        for (path, probe) in probes {
            router.get(path) { [health] _, _ in
                let problem = health.problem(probe)
                return Self.response(problem == nil ? .ok : .serviceUnavailable, (problem ?? "ok") + "\n")
            }
        }
        addRoutes(router)
        return router
    }

    private static func response(
        _ status: HTTPResponse.Status, _ text: String, type: String = "text/plain; charset=utf-8"
    ) -> Response {
        Response(
            status: status, headers: [.contentType: type, .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }
}

extension Result where Failure == any Error {
    fileprivate init(_ body: () async throws -> Success) async {
        do { self = .success(try await body()) } catch { self = .failure(error) }
    }
}
