import Coordinator
import Jobs

/// Which jobs failed and why, in as many lines as somebody reads.
struct FailureSummary {
    private static let limit = 10

    let lines: [String]

    init(_ results: [GatheredResult]) throws {
        let failures = results.filter { !$0.status.isSuccess }
        guard !failures.isEmpty else {
            lines = []
            return
        }
        let reasons = FailureCounts(failures).entries.map { "\(ReadableNumber.count($0.count)) \($0.name)" }
        var lines = [
            "\(ReadableNumber.count(failures.count)) of \(ReadableNumber.count(results.count)) jobs failed: "
                + reasons.joined(separator: ", ")
        ]
        // Those that were called off are many, and need no explanation.
        let listed = failures.filter { $0.status != .cancelled }
        for failure in listed.prefix(Self.limit) {
            let result = try failure.decoded()
            let message = result.error.message.isEmpty ? "" : ": \(result.error.message)"
            lines.append("  \(result.fileName): \(result.failureName)\(message)".onOneLine)
        }
        if listed.count > Self.limit {
            lines.append("  and \(ReadableNumber.count(listed.count - Self.limit)) more")
        }
        self.lines = lines
    }
}

extension TranslationResult {
    /// The error's reason; the status where it has none.
    fileprivate var failureName: String {
        error.reason == .unspecified ? status.schemaName : error.reason.schemaName
    }
}
