import Testing

@testable import Coordinator

@Suite struct CSVRecordTests {
    private func fields(_ record: String) throws -> [String] {
        try CSVRecord.fields(of: Array(record.utf8)).map { String(decoding: $0, as: UTF8.self) }
    }

    @Test func fieldsAndQuotes() throws {
        #expect(try fields("a,b,c") == ["a", "b", "c"])
        #expect(try fields(",,") == ["", "", ""])
        #expect(try fields(#""a,b","say ""x""","""#) == ["a,b", #"say "x""#, ""])
        #expect(try fields("\"two\nlines\",z") == ["two\nlines", "z"])
    }

    @Test(arguments: [#"a"b,c"#, #""a"b,c"#, #""a"#, #"a,""#])
    func brokenQuotes(record: String) {
        #expect(throws: CSVRecord.Failure.self) { try fields(record) }
    }

    @Test func recordThatGoesOn() {
        #expect(CSVRecord.isOpen(#"a,"b"#.utf8) && !CSVRecord.isOpen(#"a,"b""c""#.utf8))
    }
}
