import Foundation
import TestSupport
import Testing

@testable import AudioStore

/// Audio from a server over a socket that does whatever servers do.
@Suite(.timeLimit(.minutes(6))) struct HTTPAudioStoreTests {
    private let folder: TemporaryDirectory
    private let data: [UInt8]
    private let server: StorageServer

    init() throws {
        folder = try TemporaryDirectory()
        var generator = SplitMix64(seed: 1)
        data = (0..<400_000).map { _ in UInt8.random(in: 0...255, using: &generator) }
        server = try StorageServer(data, in: folder)
    }

    private func store(
        hosts: [String] = ["127.0.0.1", "localhost"], allowsPrivate: Bool = true, limit: Int64 = 1 << 20,
        cache: Bool = false
    ) throws -> RoutedAudioStore {
        let files = cache ? AudioFiles.cache(try AudioCache(folder: folder.file("cache"), limit: 10 << 20)) : .temporary
        let timeouts = HTTPTimeouts(connect: .seconds(5), stall: .seconds(2), total: .seconds(6))
        return RoutedAudioStore(
            http: HTTPAudioStore(
                HTTPPolicy(hosts: hosts, allowsPrivateAddresses: allowsPrivate), timeouts: timeouts, sizeLimit: limit,
                files: files))
    }

    private func contents(_ path: String, _ store: RoutedAudioStore? = nil) async throws -> [UInt8] {
        let audio = try await (store ?? self.store()).fetch(server.url(path))
        return try withExtendedLifetime(audio) { try [UInt8](Data(contentsOf: URL(filePath: audio.path))) }
    }

    private func error(_ uri: String, _ store: RoutedAudioStore? = nil) async throws -> AudioStoreError? {
        do {
            _ = try await (store ?? self.store()).fetch(uri)
            return nil
        } catch let error as AudioStoreError {
            return error
        }
    }

    @Test(arguments: ["ok", "cut", "cut-once", "flaky/0"]) func whole(path: String) async throws {
        #expect(try await contents(path) == data)
    }

    /// Two versions are never put together: it begins anew, and gives up.
    @Test(arguments: ["cut-changing", "cut-untagged", "short", "silence", "stall"]) func neverComplete(
        path: String
    ) async throws {
        let error = try #require(try await error(server.url(path)))
        #expect(error.code == .unavailable && error.isRetriable, "\(error)")
    }

    /// What comes beyond the length that was promised is not taken.
    @Test func moreThanPromised() async throws {
        #expect(try await contents("long") == Array(data.dropLast(1000)))
    }

    @Test(arguments: ["promises", "endless", "ok"]) func tooLarge(path: String) async throws {
        let error = try #require(try await error(server.url(path), store(limit: 100_000)))
        #expect(error.code == .tooLarge && !error.isRetriable && error.message.contains("100000 bytes"))
    }

    @Test func theWholeTakesNoLongerThanItMay() async throws {
        let error = try #require(try await error(server.url("trickle")))
        #expect(error.code == .unavailable && error.message.contains("6.0 seconds"))
    }

    @Test(arguments: [
        ("status/404", AudioStoreError.Code.notFound), ("status/410", .notFound), ("status/401", .notReadable),
        ("status/403", .notReadable), ("status/400", .notReadable), ("status/429", .unavailable),
        ("status/500", .unavailable), ("status/502", .unavailable), ("html", .notAudio), ("loop", .notReadable),
    ])
    func answersWithoutAudio(path: String, code: AudioStoreError.Code) async throws {
        let error = try #require(try await error(server.url(path)))
        #expect(error.code == code && error.isRetriable == (code == .unavailable), "\(error)")
    }

    @Test func serversThatAskToBeLeftAlone() async throws {
        #expect(try await error(server.url("later/7"))?.retryAfter == .seconds(7))
        #expect(try await error(server.url("later/99999999"))?.retryAfter == .seconds(3600))
        #expect(try await error(server.url("later/soon"))?.retryAfter == nil)
        let byDate = try #require(try await error(server.url("later-by-date"))?.retryAfter)
        #expect((.seconds(30) ... .seconds(61)).contains(byDate))
    }

    /// Wherever a name or a number leads, it is the address that counts.
    @Test func privateAddresses() async throws {
        let store = try store(hosts: ["*"], allowsPrivate: false)
        for host in [
            "127.0.0.1", "localhost", "2130706433", "0x7f.1", "127.1", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0",
        ] {
            let error = try #require(try await error(server.url("ok", host: host), store))
            #expect(error.code == .notAllowed && !error.isRetriable, "\(host): \(error)")
        }
        // The link's never are, also where the rest may be.
        for target in [
            "http://169.254.169.254/latest/meta-data/", "http://[fe80::1]/", "http://0.0.0.0:\(server.port)/ok",
            "http://[::ffff:169.254.169.254]/",
        ] {
            let error = try #require(try await error(server.url("to?" + target), self.store(hosts: ["*"])))
            #expect(error.code == .notAllowed, "\(target): \(error)")
        }
    }

    @Test func redirects() async throws {
        #expect(try await contents("to?/ok") == data)
        #expect(try await contents("to?" + server.url("ok", host: "localhost")) == data)
        for target in [
            "file:///etc/passwd", "ftp://127.0.0.1/ok", "http://example.com/ok", "http://user:secret@127.0.0.1/ok",
        ] {
            let error = try #require(try await error(server.url("to?" + target)))
            #expect(error.code == .notAllowed && !error.message.contains("secret"), "\(target): \(error)")
        }
    }

    @Test func hosts() async throws {
        let policy = HTTPPolicy(hosts: ["media.example.com", "*.cdn.example.com"])
        #expect(policy.allows(host: "MEDIA.example.com") && policy.allows(host: "a.b.cdn.example.com"))
        for host in ["example.com", "cdn.example.com", "xcdn.example.com", "media.example.com.evil.org", ""] {
            #expect(!policy.allows(host: host))
        }
        let error = try #require(try await error("https://elsewhere.org/a.wav?secret=1"))
        #expect(
            error.code == .notAllowed && error.message.contains("elsewhere.org") && !error.message.contains("secret"))
        #expect(try await self.error("http:///a.wav")?.code == .uriMalformed)
        #expect(try await self.error("gopher://127.0.0.1/")?.code == .uriNotSupported)
        #expect(try await self.error("s3://bucket/key")?.code == .uriNotSupported)
    }

    @Test func cancellationIsPrompt() async throws {
        let store = try store()
        let url = server.url("silence")
        let fetching = Task { try await store.fetch(url) }
        try await Task.sleep(for: .milliseconds(300))
        let start = ContinuousClock.now
        fetching.cancel()
        await #expect(throws: CancellationError.self) { try await fetching.value }
        #expect(.now - start < .seconds(20))
    }

    @Test func whatIsThereIsAskedAboutAndNotFetchedAgain() async throws {
        let store = try store(cache: true)
        for _ in 0..<3 { #expect(try await contents("ok", store) == data) }
        #expect(try await contents("count/ok", self.store()) == Array("3".utf8))
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.file("cache"))
        #expect(!files.contains { $0.hasSuffix(".part") })
    }
}
