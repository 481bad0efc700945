import Jobs
import SwiftProtobuf
import Testing

@Suite struct SchemaNameTests {
    @Test(arguments: TranslationResult.Status.allCases)
    func statusIsNamedAsInJSON(status: TranslationResult.Status) throws {
        guard status != .unspecified else { return }
        let json = try TranslationResult.with { $0.status = status }.jsonString()
        #expect(json == #"{"status":"\#(status.schemaName)"}"#)
    }

    @Test(arguments: JobError.Reason.allCases)
    func reasonIsNamedAsInJSON(reason: JobError.Reason) throws {
        guard reason != .unspecified else { return }
        let json = try JobError.with { $0.reason = reason }.jsonString()
        #expect(json == #"{"reason":"\#(reason.schemaName)"}"#)
    }

    @Test func newerValueIsItsNumber() {
        #expect(TranslationResult.Status.UNRECOGNIZED(99).schemaName == "99")
    }
}
