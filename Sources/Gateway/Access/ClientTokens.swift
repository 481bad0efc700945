import Crypto
import Foundation
import Logging
import Synchronization

/// The bearer tokens that are accepted, by a file with a line for each: the client's name, a space, and the token or
/// `sha256:` and the token's SHA-256 in hex. The file may change while the gateway runs.
final class ClientTokens: Sendable {
    private struct Entry {
        let client: String
        let digest: [UInt8]
    }

    private struct State {
        var entries: [Entry]
        var modification: Date?
        var lastLook = ContinuousClock.now
    }

    private static let lookInterval = Duration.seconds(5)
    /// A token that can be guessed is none.
    private static let shortestToken = 16

    private let path: String
    private let logger: Logger
    private let state: Mutex<State>

    /// - Throws: ``GatewayError`` (credentials) that names the file and the line.
    init(path: String, logger: Logger) throws(GatewayError) {
        self.path = path
        self.logger = logger
        state = Mutex(State(entries: try Self.read(path), modification: Self.modification(of: path)))
    }

    /// The client a token belongs to.
    func client(of token: String) -> String? {
        reloadIfChanged()
        let digest = Array(SHA256.hash(data: Array(token.utf8)))
        var client: String?
        // All are compared, bit by bit, so that the time it takes tells nothing.
        for entry in state.withLock({ $0.entries }) {
            let difference = zip(entry.digest, digest).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) }
            if difference == 0 { client = entry.client }
        }
        return client
    }

    private func reloadIfChanged() {
        let isDue = state.withLock { state in
            guard state.lastLook.duration(to: .now) > Self.lookInterval else { return false }
            state.lastLook = .now
            return true
        }
        guard isDue else { return }
        let modification = Self.modification(of: path)
        guard modification != state.withLock({ $0.modification }) else { return }
        do throws(GatewayError) {
            let entries = try Self.read(path)
            state.withLock { state in
                state.entries = entries
                state.modification = modification
            }
            logger.info("tokens read anew", metadata: ["clients": "\(entries.count)"])
        } catch {
            logger.error("the file of tokens can't be read; the old tokens hold", metadata: ["error": "\(error)"])
        }
    }

    private static func modification(of path: String) -> Date? {
        (try? FileManager.default.attributesOfItem(atPath: path))?[.modificationDate] as? Date
    }

    private static func read(_ path: String) throws(GatewayError) -> [Entry] {
        let text: String
        do {
            text = try String(contentsOfFile: path, encoding: .utf8)
        } catch {
            throw GatewayError(.credentials, "the file of tokens '\(path)' can't be read", cause: error)
        }
        var entries: [Entry] = []
        for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let words = line.split(whereSeparator: \.isWhitespace)
            if words.isEmpty || words[0].hasPrefix("#") { continue }
            guard words.count == 2, let digest = digest(of: words[1]) else {
                throw GatewayError(
                    .credentials,
                    "\(path):\(number + 1): expected a client's name and a token of at least \(shortestToken) "
                        + "characters, or sha256: and 64 hexadecimal digits")
            }
            entries.append(Entry(client: String(words[0]), digest: digest))
        }
        guard !entries.isEmpty else { throw GatewayError(.credentials, "\(path): there is no token in it") }
        return entries
    }

    private static func digest(of word: Substring) -> [UInt8]? {
        guard word.hasPrefix("sha256:") else {
            return word.count >= shortestToken ? Array(SHA256.hash(data: Array(word.utf8))) : nil
        }
        let digits = word.dropFirst(7).compactMap(\.hexDigitValue)
        guard digits.count == 64, word.count == 71 else { return nil }
        return stride(from: 0, to: 64, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }
}
