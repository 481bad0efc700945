import Foundation
import Hummingbird
import Logging
import Metrics
import Synchronization
import TestSupport
import Testing

@testable import Monitoring

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

@Suite(.timeLimit(.minutes(5))) struct MonitoringServerTests {
    private let registry = MetricRegistry()
    private let health = HealthState()
    private let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    @Test func metricsAndHealth() async throws {
        Counter(label: "jobs_total", dimensions: [], factory: registry).increment()
        try await serve { address in
            let (status, type, text) = try await get(address, "/metrics")
            #expect(
                status == 200 && type == "text/plain; version=0.0.4; charset=utf-8" && text.contains("jobs_total 1"))
            let open = try await get(address, "/metrics", accept: "application/openmetrics-text; version=1.0.0")
            #expect(open.type?.hasPrefix("application/openmetrics-text") == true && open.text.hasSuffix("# EOF\n"))

            #expect(try await get(address, "/healthz").text == "ok\n")
            let early = try await get(address, "/startupz")
            #expect(early.status == 503 && early.text == "not started yet\n")
            health.pass(.started)
            health.fail(.live, "no progress")
            #expect(try await get(address, "/startupz").status == 200)
            let ill = try await get(address, "/healthz")
            #expect(ill.status == 503 && ill.text == "no progress\n")
            #expect(try await get(address, "/nothing").status == 404)
        }
    }

    @Test func otherRoutes() async throws {
        try await serve({ $0.get("/api") { _, _ in "there" } }) { address in
            let answer = try await get(address, "/api")
            #expect(answer.text == "there")
        }
    }

    @Test func servesWhileTheWorkComesToItsEnd() async throws {
        let (addresses, address) = AsyncStream<String>.makeStream()
        let (ends, end) = AsyncStream<Void>.makeStream()
        let work = Task {
            try await server().run(onListening: { address.yield($0) }) {
                // As a worker that is told to stop finishes its jobs.
                await Task { for await _ in ends { break } }.value
            }
        }
        var iterator = addresses.makeAsyncIterator()
        let listening = try #require(await iterator.next())
        work.cancel()
        #expect(try await get(listening, "/healthz").status == 200)
        end.yield()
        try await work.value
        await #expect(throws: (any Error).self) { try await get(listening, "/healthz") }
    }

    @Test func anAddressThatIsTakenIsNamed() async throws {
        try await serve { address in
            let port = try #require(address.split(separator: ":").last.flatMap { Int($0) })
            let second = MonitoringServer(
                host: "127.0.0.1", port: port, registry: registry, health: health, logger: logger)
            let error = await #expect(throws: MonitoringError.self) { try await second.run {} }
            #expect(error?.code == .address && error?.message.contains("127.0.0.1:\(port)") == true)
        }
    }

    @Test func addresses() {
        #expect(ListenAddress("[::1]:0")?.isLoopback == true && ListenAddress("localhost:1")?.host == "127.0.0.1")
        #expect(ListenAddress("0.0.0.0:9464")?.isLoopback == false)
        for text in ["", "9464", ":9464", "host:1", "::1:9464", "127.0.0.1:70000"] {
            #expect(ListenAddress(text) == nil, "\(text)")
        }
    }

    private func server(_ addRoutes: @escaping @Sendable (MonitoringServer.Routes) -> Void = { _ in })
        -> MonitoringServer
    {
        MonitoringServer(
            host: "127.0.0.1", port: 0, registry: registry, health: health, logger: logger, addRoutes: addRoutes)
    }

    private func serve(
        _ addRoutes: @escaping @Sendable (MonitoringServer.Routes) -> Void = { _ in },
        _ body: (_ address: String) async throws -> Void
    ) async throws {
        let listening = Mutex("")
        try await server(addRoutes).run(onListening: { address in listening.withLock { $0 = address } }) {
            try await body(listening.withLock { $0 })
        }
    }

    private func get(
        _ address: String, _ path: String, accept: String? = nil
    ) async throws -> (status: Int, type: String?, text: String) {
        var request = URLRequest(url: try #require(URL(string: "http://\(address)\(path)")))
        if let accept { request.setValue(accept, forHTTPHeaderField: "Accept") }
        let (data, response) = try await URLSession.shared.data(for: request)
        let http = try #require(response as? HTTPURLResponse)
        return (http.statusCode, http.value(forHTTPHeaderField: "Content-Type"), String(decoding: data, as: UTF8.self))
    }
}
