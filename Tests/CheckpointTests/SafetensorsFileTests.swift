import Testing

@testable import Checkpoint

@Suite struct SafetensorsFileTests {
    @Test func locatesTensorsInAnyOrder() throws {
        let header = #"""
            {"__metadata__":{"format":"pt"},"b":{"dtype":"BF16","shape":[2],"data_offsets":[8,12]},
             "a\u0062":{"shape":[2,1],"data_offsets":[0,8],"dtype":"F32","other":[{}]},"empty":{"dtype":"I64","shape":[0,7],
             "data_offsets":[8,8]},"scalar":{"dtype":"U8","shape":[],"data_offsets":[12,13]}}
            """#
        let tensors = try Loading.safetensors(
            SafetensorsBytes.file(header: header, data: [UInt8](repeating: 0, count: 13)))
        let start = 8 + header.utf8.count
        #expect(
            tensors == [
                "ab": TensorEntry(dataType: .float32, shape: [2, 1], strides: nil, byteOffset: start, count: 2),
                "b": TensorEntry(dataType: .bfloat16, shape: [2], strides: nil, byteOffset: start + 8, count: 2),
                "empty": TensorEntry(dataType: .int64, shape: [0, 7], strides: nil, byteOffset: start + 8, count: 0),
                "scalar": TensorEntry(dataType: .uint8, shape: [], strides: nil, byteOffset: start + 12, count: 1),
            ])
    }

    /// Headers for eight bytes of data, each broken in one way.
    static let brokenHeaders: [String] = [
        // Not JSON, or not an object.
        "", "   ", "{", "[]", "null", "{}}", "{} {}", "{\"a\"}", "{'a':1}",
        #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}"#,
        #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},}"#,
        #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}\u0000"#,
        // Entries that are not entries.
        #"{"a":1}"#, #"{"a":[]}"#, #"{"a":null}"#, #"{"a":{}}"#, #"{"__metadata__":{"x":1}}"#, #"{"__metadata__":[]}"#,
        #"{"a":{"shape":[2],"data_offsets":[0,8]}}"#, #"{"a":{"dtype":"F32","data_offsets":[0,8]}}"#,
        #"{"a":{"dtype":"F32","shape":[2]}}"#, #"{"a":{"dtype":4,"shape":[2],"data_offsets":[0,8]}}"#,
        #"{"a":{"dtype":"F32","shape":2,"data_offsets":[0,8]}}"#,
        #"{"a":{"dtype":"F32","shape":["2"],"data_offsets":[0,8]}}"#,
        #"{"a":{"dtype":"F32","shape":[2.0],"data_offsets":[0,8]}}"#,
        #"{"a":{"dtype":"F32","shape":[2e0],"data_offsets":[0,8]}}"#,
        #"{"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}"#,
        #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0]}}"#,
        #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8,8]}}"#,
        #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,"8"]}}"#,
        #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,-8]}}"#,
        // Types.
        #"{"a":{"dtype":"F33","shape":[2],"data_offsets":[0,8]}}"#,
        #"{"a":{"dtype":"f32","shape":[2],"data_offsets":[0,8]}}"#,
        #"{"a":{"dtype":"","shape":[2],"data_offsets":[0,8]}}"#,
        #"{"a":{"dtype":"F64","shape":[2],"data_offsets":[0,8]}}"#,
        #"{"a":{"dtype":"F16","shape":[2],"data_offsets":[0,8]}}"#,
        #"{"a":{"dtype":"I8","shape":[2],"data_offsets":[0,8]}}"#,
        // Shapes.
        #"{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}"#,
        #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,8]}}"#,
        #"{"a":{"dtype":"F32","shape":[],"data_offsets":[0,8]}}"#,
        #"{"a":{"dtype":"F32","shape":[0],"data_offsets":[0,8]}}"#,
        #"{"a":{"dtype":"F32","shape":[4611686018427387906,2],"data_offsets":[0,8]}}"#,
        #"{"a":{"dtype":"F32","shape":[4611686018427387904],"data_offsets":[0,0]}}"#,
        #"{"a":{"dtype":"F32","shape":[9223372036854775807,9223372036854775807,0],"data_offsets":[0,0]}}"#,
        #"{"a":{"dtype":"F32","shape":[99999999999999999999],"data_offsets":[0,8]}}"#,
        #"{"a":{"dtype":"F32","shape":[\#([String](repeating: "1", count: 65).joined(separator: ","))],"data_offsets":[0,4]}}"#,
        // Offsets: backwards, past the end, huge, a hole at the start, in the middle, at the end, an overlap.
        #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}"#,
        #"{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,12]}}"#,
        #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[9223372036854775800,9223372036854775807]}}"#,
        #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,18446744073709551615]}}"#,
        #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"#,
        #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#,
        #"{"a":{"dtype":"F16","shape":[1],"data_offsets":[0,2]},"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"#,
        #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"#,
        #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}"#,
        "{}",
        // Names.
        #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"#,
        #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"\u0061":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"#,
        #"{"a":{"dtype":"F32","dtype":"F32","shape":[2],"data_offsets":[0,8]}}"#,
        #"{"\ud800":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}"#,
        // Deep.
        #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8],"x":"# + String(repeating: "[", count: 100_000),
        #"{"a":"# + String(repeating: "{\"a\":", count: 100_000),
    ]

    @Test func hasEnoughBrokenHeaders() { #expect(Self.brokenHeaders.count >= 50) }

    @Test(arguments: brokenHeaders) func refusesABrokenHeader(_ header: String) {
        let file = SafetensorsBytes.file(header: header, data: [UInt8](repeating: 0, count: 8))
        Loading.expect(.malformedFile, mentions: "model.safetensors") { _ = try Loading.safetensors(file) }
    }

    @Test func refusesBadUTF8InAName() {
        let header =
            Array("{\"a".utf8) + [0xC3, 0x28] + Array(#"":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}"#.utf8)
        let file = SafetensorsBytes.file(header: header, data: [UInt8](repeating: 0, count: 8))
        Loading.expect(.malformedFile, mentions: "UTF-8") { _ = try Loading.safetensors(file) }
    }

    @Test(arguments: [3, 1_000, 100_000_001, UInt64(Int64.max), .max])
    func refusesAHeaderLengthThatDoesNotFit(_ length: UInt64) {
        let file = SafetensorsBytes.file(
            header: #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}"#, data: [UInt8](repeating: 0, count: 8),
            claiming: length)
        Loading.expect(.malformedFile) { _ = try Loading.safetensors(file) }
    }

    @Test func refusesEveryTruncation() {
        let file = SafetensorsBytes.file([("a", "F32", [2], [1, 2, 3, 4, 5, 6, 7, 8]), ("b", "F16", [1], [1, 2])])
        for count in 0..<file.count {
            Loading.expect(.malformedFile) { _ = try Loading.safetensors(Array(file[..<count])) }
        }
    }

    @Test func namesTheTensorAndWhatIsExpected() {
        let header = #"{"a.weight":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}"#
        let file = SafetensorsBytes.file(header: header, data: [UInt8](repeating: 0, count: 8))
        Loading.expect(
            .malformedFile, mentions: #""a.weight": data_offsets [0, 8] do not fit F32 [3], which is 12 bytes"#
        ) {
            _ = try Loading.safetensors(file)
        }
    }
}
