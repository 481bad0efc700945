import Testing

@testable import Checkpoint

@Suite struct UnpicklerTests {
    @Test func readsTensorsByName() throws {
        let pickle = PickleBytes.stateDictionary([
            ("a", { $0.tensor(storage: 6, shape: [2, 3], strides: [3, 1]) }),
            (
                "p",
                {
                    $0.global("torch._utils", "_rebuild_parameter")
                    $0.add("(")
                    $0.tensor(type: "HalfStorage", key: "k", storage: 1 << 40, offset: 1 << 33, shape: [], strides: [])
                    $0.add(0x88)
                    $0.add("}")
                    $0.add("t")
                    $0.add("R")
                }
            ),
            ("not a tensor", { $0.integer(7) }),
        ])
        #expect(
            try Loading.pickle(pickle) == [
                "a": TorchTensor(
                    storage: TorchStorage(dataType: .float32, key: "0", count: 6), offset: 0, shape: [2, 3],
                    strides: [3, 1]),
                "p": TorchTensor(
                    storage: TorchStorage(dataType: .float16, key: "k", count: 1 << 40), offset: 1 << 33, shape: [],
                    strides: []),
            ])
    }

    /// What other writers of state dictionaries use: protocol 4's frame and memoize, lists, floats, short strings.
    @Test func readsOtherOpcodes() throws {
        var pickle = PickleBytes()
        pickle.add(0x95, 0, 0, 0, 0, 0, 0, 0, 0)
        pickle.add("}")
        pickle.add(0x94)
        pickle.add(0x8C, 1, UInt8(ascii: "x"))
        pickle.add("]")
        pickle.add("G")
        pickle.add(0x3F, 0xF0, 0, 0, 0, 0, 0, 0)
        pickle.add("a")
        pickle.add("(")
        pickle.add("N")
        pickle.add("e")
        pickle.add("s")
        pickle.add("h")
        pickle.add(0)
        pickle.add(0x86, UInt8(ascii: "0"))
        Loading.expect(.unsafePickle, mentions: "0x30") { _ = try Loading.pickle(pickle.bytes) }
        #expect(try Loading.pickle(Array(pickle.bytes.dropLast(4)) + [UInt8(ascii: ".")]).isEmpty)
    }

    @Test(arguments: [
        ("os", "system"), ("posix", "system"), ("builtins", "eval"), ("builtins", "exec"), ("__builtin__", "eval"),
        ("subprocess", "Popen"), ("torch", "load"), ("torch", "FloatStorageX"), ("torch.FloatStorage", ""),
        ("torch.jit", "load"),
        ("torch._utils", "_rebuild_tensor"), ("collections", "defaultdict"), ("nonsense", "unknown"), ("", ""),
        ("collections.", "OrderedDict"),
    ])
    func refusesGlobals(_ module: String, _ name: String) {
        var pickle = PickleBytes()
        pickle.global(module, name)
        pickle.add("(")
        pickle.string("touch /tmp/executed")
        pickle.add("t")
        pickle.add("R")
        pickle.add(".")
        Loading.expect(.unsafePickle, mentions: "\(module).\(name)") {
            _ = try Loading.torch(PickleBytes.archive(pickle.bytes))
        }
    }

    @Test func refusesAGlobalInsideATensorsArguments() {
        let pickle = PickleBytes.stateDictionary([
            (
                "a",
                { pickle in
                    pickle.global("torch._utils", "_rebuild_tensor_v2")
                    pickle.add("(")
                    pickle.global("os", "system")
                    pickle.string("true")
                    pickle.add(0x85)
                    pickle.add("R")
                    pickle.add("t")
                    pickle.add("R")
                }
            )
        ])
        Loading.expect(.unsafePickle, mentions: "os.system") { _ = try Loading.pickle(pickle) }
    }

    @Test func refusesEveryOtherOpcode() {
        for byte in UInt8.min...UInt8.max where PickleOpcode(rawValue: byte) == nil {
            Loading.expect(.unsafePickle, mentions: "opcode 0x") { _ = try Loading.pickle([0x80, 2, byte, 0x2E]) }
        }
    }

    @Test func refusesToCallWhatIsNotAFunction() {
        for function in ["OrderedDict", "FloatStorage"] {
            var pickle = PickleBytes()
            pickle.global(function == "OrderedDict" ? "collections" : "torch", function)
            pickle.add("N")
            pickle.add(0x85)
            pickle.add("R")
            pickle.add(".")
            Loading.expect(.malformedFile, mentions: function) { _ = try Loading.pickle(pickle.bytes) }
        }
        // The result of a call called again.
        var nested = PickleBytes()
        nested.global("collections", "OrderedDict")
        nested.add(")")
        nested.add("R")
        nested.add(")")
        nested.add("R")
        nested.add(".")
        Loading.expect(.malformedFile, mentions: "calls") { _ = try Loading.pickle(nested.bytes) }
    }

    @Test(arguments: [
        ".", "N.", "t", "(t", "R", "s", "u", "e", "b", "Q", "a", "}s", "}NNR", "(}u", "}(Nu.", "]NNs", "N(NNu", "]Nb",
        "h\u{0}",
        "q\u{0}", "(q\u{0}", "N(R", "}N(s", ")Q", "NQ", "G", "J\u{1}", "M\u{1}", "X\u{5}\u{0}\u{0}\u{0}ab", "cos",
        "cos\nsystem", "", "K",
        "\u{1}", "}}\u{1}s", "](Ns.",
    ])
    func refusesWhatDoesNotAddUp(_ opcodes: String) {
        #expect(throws: CheckpointError.self) { try Loading.pickle([0x80, 2] + Array(opcodes.utf8)) }
    }

    @Test func refusesBrokenTensors() {
        let broken: [(inout PickleBytes) -> Void] = [
            { $0.tensor(type: "FloatStorage", storage: -1, shape: [], strides: []) },
            { $0.tensor(storage: 4, shape: [2], strides: [2, 1]) },
            { $0.tensor(storage: 4, shape: [Int](repeating: 1, count: 65), strides: [Int](repeating: 1, count: 65)) },
        ]
        for tensor in broken {
            Loading.expect(.malformedFile) { _ = try Loading.pickle(PickleBytes.stateDictionary([("a", tensor)])) }
        }
        Loading.expect(.malformedFile, mentions: "\"a\" occurs twice") {
            _ = try Loading.pickle(
                PickleBytes.stateDictionary([
                    ("a", { $0.tensor(storage: 1, shape: [], strides: []) }),
                    ("a", { $0.tensor(storage: 1, shape: [], strides: []) }),
                ]))
        }
    }

    /// Nested tuples of memoised tuples: 2^64 elements for whoever follows them.
    @Test func survivesAMemoBomb() {
        var pickle = PickleBytes()
        pickle.add("N")
        for index in 0..<64 as Range<UInt8> { pickle.add(UInt8(ascii: "q"), index, UInt8(ascii: "h"), index, 0x86) }
        pickle.add(".")
        Loading.expect(.malformedFile, mentions: "dictionary") { _ = try Loading.pickle(pickle.bytes) }
    }

    @Test(arguments: ["(", "N", "]", "}", ")"]) func limitsTheNumberOfOpcodes(_ opcode: Unicode.Scalar) {
        let opcodes = [UInt8](repeating: UInt8(ascii: opcode), count: Unpickler.maximumOpcodeCount)
        Loading.expect(.unsafePickle, mentions: "more than") { _ = try Loading.pickle(PickleBytes(opcodes).bytes) }
    }

    /// A tuple in a tuple in a tuple, and one list of half a million elements.
    @Test func survivesDepthAndLength() {
        let deep = [UInt8(ascii: "N")] + [UInt8](repeating: 0x85, count: 1_000_000) + [UInt8(ascii: ".")]
        let long =
            [UInt8(ascii: "]")] + [[UInt8]](repeating: Array("Na".utf8), count: 500_000).joined() + [UInt8(ascii: ".")]
        for opcodes in [deep, long] {
            Loading.expect(.malformedFile, mentions: "dictionary") {
                _ = try Loading.pickle(PickleBytes(opcodes).bytes)
            }
        }
    }

    @Test func freesCyclesAndDeepNesting() {
        // A list in itself, then half a million lists in one another.
        var pickle = PickleBytes()
        pickle.add("]")
        pickle.add(UInt8(ascii: "q"), 0, UInt8(ascii: "h"), 0, UInt8(ascii: "a"))
        for _ in 0..<500_000 { pickle.add("]") }
        for _ in 0..<500_000 { pickle.add("a") }
        pickle.add(".")
        Loading.expect(.malformedFile, mentions: "dictionary") { _ = try Loading.pickle(pickle.bytes) }
    }

    @Test func refusesEveryTruncation() {
        let pickle = PickleBytes.stateDictionary([("a", { $0.tensor(storage: 6, shape: [2, 3], strides: [3, 1]) })])
        for count in 0..<pickle.count {
            Loading.expect(.malformedFile) { _ = try Loading.pickle(Array(pickle[..<count])) }
        }
    }
}
