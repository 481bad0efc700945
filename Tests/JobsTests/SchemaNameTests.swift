import Jobs
import Testing

@Suite struct SchemaNameTests {
    @Test(arguments: TranslationResult.Status.allCases)
    func statusIsNamedAsInJSON(status: TranslationResult.Status) throws {
        guard status != .unspecified else { return }
        let json = try json(make(TranslationResult()) { $0.status = status })
        #expect(json == #"{"status":"\#(status.schemaName)"}"#)
    }

    @Test(arguments: JobError.Reason.allCases)
    func reasonIsNamedAsInJSON(reason: JobError.Reason) throws {
        guard reason != .unspecified else { return }
        let json = try json(make(TranslationResult()) { $0.error.reason = reason })
        #expect(json == #"{"error":{"reason":"\#(reason.schemaName)"}}"#)
    }

    @Test func newerValueIsItsNumber() {
        #expect(TranslationResult.Status.UNRECOGNIZED(99).schemaName == "99")
    }

    private func json(_ result: TranslationResult) throws -> String {
        String(decoding: try MessageCodec.encode(result, as: .json), as: UTF8.self)
    }
}
