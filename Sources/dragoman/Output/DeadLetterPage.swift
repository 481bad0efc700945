import Coordinator
import Foundation
import Jobs

/// All that is known of a dead letter.
struct DeadLetterPage {
    let letter: DeadLetter

    /// Bytes of a message that can't be read that are shown.
    private static let excerptLength = 512

    init(_ letter: DeadLetter) {
        self.letter = letter
    }

    var lines: [String] {
        var rows: [(name: String, value: String)] = [
            ("dead letter", letter.place.description),
            ("state", letter.state.rawValue + (letter.stateDate.map { " at \($0.iso8601)" } ?? "")),
        ]
        func add(_ name: String, _ value: (some CustomStringConvertible)?) {
            if let value { rows.append((name, value.description)) }
        }
        add("given up", letter.date?.iso8601)
        add("worker", letter.worker)
        add("class", letter.failureClass)
        add("reason", letter.reason)
        add("attempts", letter.attempts)
        add("crashes", letter.crashes)
        add("submitted", letter.origin)
        add("lane", letter.lane)
        add("key", letter.key.map(Self.excerpt))
        for header in letter.headers where !Self.shownHeaders.contains(header.name) {
            add("header", "\(header.name): \(header.value.map(Self.excerpt) ?? "null")")
        }
        switch letter.job {
        case .success(let job):
            add("job", letter.jobID)
            add("run", job.run)
            add("batch", letter.batchID)
            add("message", jobJSON)
        case .failure(let error):
            add("unreadable", error)
            add("message", letter.value.map { "\($0.count) bytes: \(Self.excerpt($0))" } ?? "too large to be kept")
        }
        let width = rows.map(\.name.count).max() ?? 0
        return rows.map { "\($0.name.padded(toColumns: width))  \($0.value.onOneLine)" }
    }

    var json: String {
        var object = JSONText()
        DeadLetterLine(letter).add(to: &object)
        object.add("key", letter.key.map(Self.excerpt))
        object.add("headers") { object in
            for header in letter.headers { object.add(header.name, header.value.map(Self.excerpt)) }
        }
        switch letter.job {
        case .success: if let jobJSON { object.add("job", json: jobJSON.utf8) }
        case .failure(let error): object.add("unreadable", error.message)
        }
        object.add("value_base64", letter.value.map { Data($0).base64EncodedString() })
        return object.text
    }

    private var jobJSON: String? {
        guard let job = try? letter.job.get(), let bytes = try? MessageCodec.encode(job, as: .json) else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static let shownHeaders: Set<String> = Set(
        [HeaderName.worker, .failureClass, .reason, .attempts, .crashes, .origin, .lane].map(\.rawValue))

    /// Printable ASCII as it is, other bytes as `\xNN`: what can't be read must not reach a terminal.
    private static func excerpt(_ bytes: [UInt8]) -> String {
        var text = ""
        for byte in bytes.prefix(excerptLength) {
            switch byte {
            case UInt8(ascii: "\\"): text += "\\\\"
            case 0x20..<0x7F: text.unicodeScalars.append(Unicode.Scalar(byte))
            default: text += "\\x" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
            }
        }
        return bytes.count > excerptLength ? text + "…" : text
    }
}
