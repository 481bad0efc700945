import DragomanClient
import Foundation
import GRPCCore
import GRPCNIOTransportHTTP2
import Logging
import ServiceLifecycle
import SwiftProtobuf
import Synchronization
import TestSupport
import Testing
import TranslationAPI

@Suite(.timeLimit(.minutes(5))) struct ConnectionTests {
    private static var script: ScriptedService.Script {
        var script = ScriptedService.Script()
        script.getLag = { .with { $0.partitions = [.with { $0.lag = 3 }] } }
        return script
    }

    @Test func token() async throws {
        var script = Self.script
        script.isGood = { $0 == "Bearer good" }
        try await withGateway(script, adjust: { $0.token = .value("good") }) { client, _ in
            let lag = try await client.lag()
            #expect(lag.count == 1)
        }
        try await withGateway(script, adjust: { $0.token = .value("bad") }) { client, gateway in
            let error = try await failure { _ = try await client.lag() }
            #expect(error.code == .unauthenticated && gateway.service.authorizations == ["Bearer bad"])
            #expect(!"\(error)".contains("bad"))
        }
        try await withGateway(script) { client, _ in
            let code = try await client.failureCode
            #expect(code == .unauthenticated)
        }
        try await withGateway(script, adjust: { $0.token = .value("two\nlines") }) { client, _ in
            let code = try await client.failureCode
            #expect(code == .unauthenticated)
        }
        try await withGateway(script, adjust: { $0.token = .value("\u{FC}") }) { client, gateway in
            let code = try await client.failureCode
            #expect(code == .configuration && gateway.service.authorizations.isEmpty)
        }
    }

    /// The file is replaced while the client lives: the first refusal has it read again.
    @Test func tokenFile() async throws {
        let folder = try TemporaryDirectory()
        let file = try folder.write("old\n".utf8, to: "token")
        let good = Mutex("Bearer old")
        var script = Self.script
        script.isGood = { header in good.withLock { $0 == header } }
        script.watchJobs = { _, writer in try await writer.write(.with { $0.resumeToken = "t" }) }
        try await withGateway(script, adjust: { $0.token = .file(file) }) { client, gateway in
            _ = try await client.lag()
            good.withLock { $0 = "Bearer new" }
            #expect(try await client.failureCode == .unauthenticated)
            try folder.write("new\n".utf8, to: "token")
            _ = try await client.lag()
            #expect(gateway.service.authorizations.suffix(2) == ["Bearer old", "Bearer new"])
            good.withLock { $0 = "Bearer newest" }
            try folder.write("newest".utf8, to: "token")
            for try await update in client.watch(.all) { #expect(update.resumeToken == "t") }
        }
        try await withGateway(script, adjust: { $0.token = .file(folder.file("none")) }) { client, _ in
            let error = try await failure { _ = try await client.lag() }
            #expect(error.code == .configuration && "\(error)".contains("none: No such file"), "\(error)")
        }
    }

    @Test func nothingSecretIsShown() throws {
        var configuration = try DragomanClient.Configuration(endpoint: "a:1", token: .value("s3cret"))
        var text = ""
        dump(configuration, to: &text)
        #expect(!"\(configuration) \(text) \(String(reflecting: configuration))".contains("s3cret"))
        configuration.token = .file("/run/token")
        #expect("\(configuration)".contains("/run/token"))
    }

    @Test func unixSocket() async throws {
        let folder = try TemporaryDirectory()
        let gateway = try await TestGateway(Self.script, socketPath: folder.file("s"))
        let count = try await DragomanClient.with(try await gateway.configuration) { try await $0.lag().count }
        #expect(count == 1)
        await gateway.breakOff()
    }

    @Test func encrypted() async throws {
        let certificates = try TestCertificates(names: "DNS:gateway.example,IP:127.0.0.1")
        let others = try TestCertificates()
        let gateway = try await TestGateway(
            Self.script,
            security: .tls(
                certificateChain: [.file(path: certificates.serverCertificate, format: .pem)],
                privateKey: .file(path: certificates.serverKey, format: .pem)))
        let port = await gateway.port
        func lag(_ host: String, _ security: TransportSecurity) async throws -> Int {
            var configuration = try DragomanClient.Configuration(endpoint: "\(host):\(port)", security: security)
            configuration.retry = .never
            return try await DragomanClient.with(configuration) { try await $0.lag().count }
        }
        func trusting(_ certificates: TestCertificates, name: String? = nil) -> TransportSecurity {
            .tls(TLSOptions(authoritiesFile: certificates.authority, serverName: name))
        }
        #expect(try await lag("127.0.0.1", trusting(certificates)) == 1)
        let wrong: [(TransportSecurity, String)] = [
            (.tls, "has signed its certificate"), (trusting(others), "has signed its certificate"),
            (.plaintext, "may want TLS"),
        ]
        for (security, words) in wrong {
            let error = try await failure { _ = try await lag("127.0.0.1", security) }
            #expect(error.code == .gatewayUnreachable && error.message.contains(words), "\(error)")
        }
        await gateway.breakOff()
    }

    @Test func serverName() async throws {
        let certificates = try TestCertificates(names: "DNS:gateway.example")
        let gateway = try await TestGateway(
            Self.script,
            security: .tls(
                certificateChain: [.file(path: certificates.serverCertificate, format: .pem)],
                privateKey: .file(path: certificates.serverKey, format: .pem)))
        let port = await gateway.port
        for (host, name, isGood) in [
            ("localhost", "gateway.example", true), ("127.0.0.1", "gateway.example", true), ("localhost", nil, false),
            ("127.0.0.1", nil, false), ("localhost", "gateway.invalid", false),
        ] {
            let options = TLSOptions(authoritiesFile: certificates.authority, serverName: name)
            var configuration = try DragomanClient.Configuration(endpoint: "\(host):\(port)", security: .tls(options))
            configuration.retry = .never
            let outcome = await Result { () async throws in
                try await DragomanClient.with(configuration) { try await $0.lag().count }
            }
            let isReached = (try? outcome.get()) == 1
            #expect(isReached == isGood, "\(host), \(name ?? "its own name"): \(outcome)")
        }
        await gateway.breakOff()
    }

    @Test func clientCertificate() async throws {
        let certificates = try TestCertificates()
        let others = try TestCertificates()
        let gateway = try await TestGateway(
            Self.script,
            security: .mTLS(
                certificateChain: [.file(path: certificates.serverCertificate, format: .pem)],
                privateKey: .file(path: certificates.serverKey, format: .pem)
            ) { $0.trustRoots = .certificates([.file(path: certificates.authority, format: .pem)]) })
        let port = await gateway.port
        func lag(_ identity: TLSOptions.Identity?) async throws -> Int {
            let options = TLSOptions(authoritiesFile: certificates.authority, identity: identity)
            var configuration = try DragomanClient.Configuration(
                endpoint: "localhost:\(port)", security: .tls(options))
            configuration.retry = .never
            return try await DragomanClient.with(configuration) { try await $0.lag().count }
        }
        let identity = TLSOptions.Identity(
            certificateFile: certificates.clientCertificate, keyFile: certificates.clientKey)
        #expect(try await lag(identity) == 1)
        let stranger = TLSOptions.Identity(certificateFile: others.clientCertificate, keyFile: others.clientKey)
        #expect(try await failure { _ = try await lag(nil) }.code == .gatewayUnreachable)
        #expect(try await failure { _ = try await lag(stranger) }.code == .gatewayUnreachable)

        let mixed = TLSOptions.Identity(certificateFile: others.clientCertificate, keyFile: certificates.clientKey)
        #expect(try await failure { _ = try await lag(mixed) }.code == .configuration)
        let missing = TLSOptions.Identity(certificateFile: "/no/such.pem", keyFile: certificates.clientKey)
        let error = try await failure { _ = try await lag(missing) }
        #expect(error.code == .configuration && "\(error)".contains("/no/such.pem"), "\(error)")
        await gateway.breakOff()
    }

    @Test func inAServiceGroup() async throws {
        let gateway = try await TestGateway(Self.script)
        let client = try DragomanClient(configuration: try await gateway.configuration)
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(services: [client], gracefulShutdownSignals: [], logger: logger))
        // The call waits for the group.
        async let lag = client.lag()
        let running = Task { try await group.run() }
        #expect(try await lag.count == 1)
        await group.triggerGracefulShutdown()
        try await running.value
        #expect(try await client.failureCode == .closed)
        await gateway.breakOff()
    }

    /// Calls that are under way are finished; watches end.
    @Test func closing() async throws {
        let (gate, opening) = AsyncStream<Void>.makeStream()
        let (begun, beginning) = AsyncStream<Void>.makeStream()
        var script = Self.script
        script.getLag = {
            beginning.finish()
            for await _ in gate {}
            return .with { $0.partitions = [.with { $0.lag = 3 }] }
        }
        script.watchJobs = { _, writer in
            try await writer.write(.with { $0.resumeToken = "t" })
            try await Task.sleep(for: .seconds(60))
        }
        try await withGateway(script) { client, _ in
            async let lag = client.lag()
            for await _ in begun {}
            let error = try await failure {
                for try await _ in client.watch(.all) { client.close() }
            }
            #expect(error.code == .closed)
            opening.finish()
            #expect(try await lag.count == 1)
            #expect(try await client.failureCode == .closed)
            #expect(try await failure { for try await _ in client.watch(.all) {} }.code == .closed)
        }
    }
}

extension DragomanClient {
    fileprivate var failureCode: DragomanError.Code {
        get async throws { try await failure { _ = try await self.lag() }.code }
    }
}
