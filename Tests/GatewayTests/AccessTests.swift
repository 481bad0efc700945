import Logging
import TestSupport
import Testing

@testable import Gateway

/// Tokens and quotas of clients.
@Suite struct AccessTests {
    private let folder: TemporaryDirectory
    private let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    init() throws { folder = try TemporaryDirectory() }

    @Test func tokensByTheirTextAndByTheirDigest() throws {
        // printf hunter2-hunter2-hunter2 | sha256sum
        let text = """
            # name and token
            alice  correct-horse-battery
            bob sha256:ae71c4cdf5d735963a372732e38e6c3198c25c4cc759e915682f4f04219c077e

            """
        let tokens = try ClientTokens(path: folder.write(Array(text.utf8), to: "tokens"), logger: logger)
        #expect(tokens.client(of: "correct-horse-battery") == "alice")
        #expect(tokens.client(of: "hunter2-hunter2-hunter2") == "bob")
        #expect(tokens.client(of: "correct-horse-batterY") == nil && tokens.client(of: "") == nil)
        #expect(tokens.client(of: "sha256:ae71c4cdf5d735963a372732e38e6c3198c25c4cc759e915682f4f04219c077e") == nil)
    }

    @Test func noOtherTokenIsAccepted() throws {
        let lines = (0..<20).map { "client\($0) token-number-\($0)-of-many\n" }.joined()
        let tokens = try ClientTokens(path: folder.write(Array(lines.utf8), to: "tokens"), logger: logger)
        #expect(tokens.client(of: "token-number-19-of-many") == "client19")
        #expect((20..<20_000).allSatisfy { tokens.client(of: "token-number-\($0)-of-many") == nil })
    }

    @Test(arguments: [
        ("alice short", "tokens:1"), ("\nalice", "tokens:2"), ("a b c", "tokens:1"), ("a sha256:12", "tokens:1"),
        ("# nothing", "no token"), ("", "no token"),
    ])
    func malformedFiles(text: String, message: String) throws {
        let path = try folder.write(Array(text.utf8), to: "tokens")
        let error = #expect(throws: GatewayError.self) { try ClientTokens(path: path, logger: logger) }
        #expect(error?.code == .credentials && error?.message.contains(message) == true)
    }

    @Test func aShareFillsUpAgain() {
        let quotas = ClientQuotas(rate: 10, burst: 20)
        let start = ContinuousClock.now
        #expect(quotas.take(15, of: "a", now: start).taken == 15)
        let (taken, retryAfter) = quotas.take(15, of: "a", now: start)
        #expect(taken == 5 && retryAfter == .milliseconds(100))
        #expect(quotas.take(1, of: "a", now: start).taken == 0)
        // Others have their own.
        #expect(quotas.take(20, of: "b", now: start).taken == 20)
        #expect(quotas.take(100, of: "a", now: start + .seconds(1)).taken == 10)
        #expect(quotas.take(100, of: "a", now: start + .seconds(1000)).taken == 20)
    }

    @Test func chunksHoldWhatHasComeByThen() async {
        let buffer = ChunkBuffer<Int>(limit: 10)
        async let filling: Void = {
            for number in 0..<1_000 { await buffer.put(number) }
            buffer.finish()
        }()
        var numbers: [Int] = []
        while let chunk = await buffer.next() {
            #expect((1...10).contains(chunk.count))
            numbers += chunk
        }
        await filling
        #expect(numbers == Array(0..<1_000))
        #expect(await buffer.next() == nil)
    }

    /// Whoever takes out gives up: nobody is left waiting for room.
    @Test func finishingLetsGoWhoWaitsForRoom() async {
        let buffer = ChunkBuffer<Int>(limit: 1)
        async let putting: Void = {
            await buffer.put(1)
            await buffer.put(2)
        }()
        buffer.finish()
        await putting
    }
}
