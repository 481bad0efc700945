import Testing

@testable import Checkpoint

@Suite struct JSONReaderTests {
    private func parse(_ bytes: [UInt8]) throws(JSONSyntaxError) -> JSONValue {
        // A closure passed to withUnsafeBytes would lose the error's type.
        let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 1)
        defer { copy.deallocate() }
        copy.copyBytes(from: bytes)
        var reader = JSONReader(UnsafeRawBufferPointer(copy))
        let value = try reader.readValue()
        try reader.finish()
        return value
    }

    @Test func readsEveryKindOfValue() throws {
        let text =
            #" { "a" : [ 1 , -2.5e-1, true,false , null ],"b":{}, "c":"x\n\u00e9\ud83d\ude00\/" , "d":[] }\#n\#t"#
        #expect(
            try parse(Array(text.utf8))
                == .object([
                    "a": .array([.integer(1), .double(-0.25), .boolean(true), .boolean(false), .null]),
                    "b": .object([:]), "c": .string("x\né😀/"), "d": .array([]),
                ]))
    }

    @Test func takesNumbersTooLargeForIntAsDouble() throws {
        #expect(try parse(Array("1000000000000000019884624838656".utf8)) == .double(1e30))
        #expect(try parse(Array("9223372036854775807".utf8)) == .integer(.max))
        #expect(try parse(Array("1e-05".utf8)) == .double(1e-5))
        #expect(try parse(Array("-0".utf8)) == .integer(0))
    }

    @Test(arguments: [
        "", " ", "{", "}", "[", "[1", "[1,", "[1,]", "[,1]", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{a:1}", "{1:2}",
        "{\"a\":1 \"b\":2}", "{\"a\":1,\"a\":2}", "{\"x\":{\"a\":1,\"\\u0061\":2}}", "01", "1.", ".5", "+1", "-", "1e",
        "1e+",
        "1e999", "NaN", "Infinity", "tru", "nulll", "\"", "\"\\\"", "\"\\x\"", "\"\\u12\"", "\"\\u12g4\"",
        "\"\\ud800\"",
        "\"\\udc00\"", "\"\\ud800\\u0041\"", "\"a\nb\"", "\"a\u{0}b\"", "1 2", "{} x", "'a'", "\u{FEFF}{}", "// {}",
    ])
    func refuses(_ text: String) {
        #expect(throws: JSONSyntaxError.self) { try parse(Array(text.utf8)) }
    }

    @Test func refusesInvalidUTF8() {
        for bytes in [[0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xE2, 0x82], [0xF5, 0x80, 0x80, 0x80]] as [[UInt8]] {
            #expect(throws: JSONSyntaxError.self) { try parse([0x22] + bytes + [0x22]) }
        }
    }

    @Test func limitsNesting() throws {
        let deepest = JSONReader.maximumDepth
        _ = try parse([UInt8](repeating: 0x5B, count: deepest) + [UInt8](repeating: 0x5D, count: deepest))
        #expect(throws: JSONSyntaxError.self) { try parse([UInt8](repeating: 0x5B, count: 1_000_000)) }
    }
}
