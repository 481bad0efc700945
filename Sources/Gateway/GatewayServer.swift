import Coordinator
import GRPCCore
import GRPCNIOTransportHTTP2
import Jobs
import Kafka
import Logging
import Monitoring
import TranslationAPI

/// A gateway: the service, and the index it answers from.
public struct GatewayServer: Sendable {
    private let configuration: GatewayConfiguration
    private let registry: MetricRegistry
    private let logger: Logger

    /// Most bytes of a request: a job is at most ``MessageCodec/valueLimit``.
    private static let requestLimit = MessageCodec.valueLimit + 100_000

    /// Creates a gateway.
    /// - Parameter registry: Where it counts its calls.
    public init(
        configuration: GatewayConfiguration, registry: MetricRegistry = MetricRegistry(), logger: Logger
    ) {
        self.configuration = configuration
        self.registry = registry
        self.logger = logger
    }

    /// Serves until the task is cancelled. Then no more calls are taken, those under way have the grace period to end, and
    /// what they submitted is acknowledged or refused.
    /// - Parameters:
    ///   - onListening: called with host and port once calls are taken.
    ///   - onServingHTTP: called with host and port once HTTP is served, where it is.
    /// - Throws: ``GatewayError``, `KafkaError`, `MonitoringError`.
    public func run(
        onListening: @escaping @Sendable (_ address: String) -> Void = { _ in },
        onServingHTTP: @escaping @Sendable (_ address: String) -> Void = { _ in }
    ) async throws {
        let tokens = try configuration.tokensPath.map { path throws(GatewayError) in
            try ClientTokens(path: path, logger: logger)
        }
        let security = try configuration.tls?.security() ?? .plaintext
        let index = try JobIndex(
            path: configuration.indexPath, topics: configuration.topics, rebuilds: configuration.rebuildsIndex,
            logger: logger)
        defer { index.close() }
        let links = try GatewayLinks(configuration, index: index, logger: logger)
        let health = HealthService(draining: links.draining)
        let transport = HTTP2ServerTransport.Posix(
            address: configuration.host.contains(":")
                ? .ipv6(host: configuration.host, port: configuration.port)
                : .ipv4(host: configuration.host, port: configuration.port),
            transportSecurity: security, config: Self.transportConfiguration)
        let server = GRPCServer(
            transport: transport, services: [links.service, health],
            interceptors: [
                TracingInterceptor(), MetricsInterceptor(GatewayMetrics(registry)), AccessInterceptor(tokens: tokens),
            ])
        let state = HealthState()
        state.set(.ready) { health.status == .serving ? nil : "the index has not caught up, or the brokers are away" }
        do {
            try await monitoring(links, state, tokens).run(onListening: onServingHTTP) {
                try await serve(server, transport, links, health, state, onListening)
            }
        } catch {
            await links.close()
            throw error
        }
        await links.close()
    }

    /// What tells over HTTP how the gateway is, and the page.
    private func monitoring(
        _ links: GatewayLinks, _ state: HealthState, _ tokens: ClientTokens?
    ) -> MonitoringServer? {
        configuration.httpAddress.map { address in
            links.lagWatch.register(in: registry)
            registry.collect { [weak links] in
                guard let links else { return [] }
                let (jobs, behind) = (Double(links.jobsIndexed), Double(links.recordsBehind))
                return [
                    MetricFamily(GatewayMetrics.jobsIndexed, [MetricFamily.Sample(jobs)]),
                    MetricFamily(GatewayMetrics.recordsBehind, [MetricFamily.Sample(behind)]),
                ]
            }
            state.set(.live) { [watch = links.lagWatch] in watch.standstill }
            let page = links.page(configuration, tokens: tokens, isLoopback: address.isLoopback)
            return MonitoringServer(
                host: address.host, port: address.port, registry: registry, health: state, logger: logger,
                addRoutes: { page.add(to: $0) })
        }
    }

    private static var transportConfiguration: HTTP2ServerTransport.Posix.Config {
        .defaults { config in
            config.rpc.maxRequestPayloadSize = requestLimit
            config.http2.maxConcurrentStreams = 1_000
            config.http2.targetWindowSize = 1 << 20
            config.connection.keepalive.time = .seconds(60)
            config.connection.keepalive.timeout = .seconds(20)
            // Clients behind balancers have to ask now and then whether the connection still stands.
            config.connection.keepalive.clientBehavior.minPingIntervalWithoutCalls = .seconds(10)
            config.connection.keepalive.clientBehavior.allowWithoutCalls = true
        }
    }

    private func serve(
        _ server: GRPCServer<HTTP2ServerTransport.Posix>, _ transport: HTTP2ServerTransport.Posix,
        _ links: GatewayLinks, _ health: HealthService, _ state: HealthState,
        _ onListening: @escaping @Sendable (String) -> Void
    ) async throws {
        // Tasks of their own: calls under way are not to hear of the cancellation.
        let serving = Task { try await server.serve() }
        let announcing = Task { try await announce(transport, onListening) }
        let following = Task {
            do {
                try await links.run(watchesLag: configuration.httpAddress != nil) { isReady in
                    health.set(isReady ? .serving : .notServing)
                    if isReady { state.pass(.started) }
                }
            } catch {
                // Without an index there is nothing to answer from.
                server.beginGracefulShutdown()
                throw error
            }
        }
        let stop = { @Sendable [grace = configuration.grace] in
            health.set(.notServing)
            links.draining.raise()
            server.beginGracefulShutdown()
            Task {
                try? await Task.sleep(for: grace)
                serving.cancel()
            }
        }
        let outcome = await withTaskCancellationHandler {
            await serving.result
        } onCancel: {
            logger.info("stopping")
            _ = stop()
        }
        announcing.cancel()
        following.cancel()
        if case .failure(let error) = await following.result, !(error is CancellationError) { throw error }
        do {
            try outcome.get()
        } catch is CancellationError {
            logger.warning("calls that did not end within the grace period were cut off")
        } catch let error as RuntimeError {
            throw GatewayError(
                .address, "can't listen at \(configuration.host):\(configuration.port): \(error)", cause: error)
        }
    }

    private func announce(
        _ transport: HTTP2ServerTransport.Posix, _ onListening: @Sendable (String) -> Void
    ) async throws {
        let address = try await transport.listeningAddress
        let text = address.ipv4.map { "\($0.host):\($0.port)" } ?? address.ipv6.map { "[\($0.host)]:\($0.port)" } ?? "?"
        logger.info("listening", metadata: ["address": "\(text)", "tls": "\(configuration.tls != nil)"])
        onListening(text)
    }
}
