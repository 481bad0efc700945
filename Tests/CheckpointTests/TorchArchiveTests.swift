import Testing

@testable import Checkpoint

@Suite struct TorchArchiveTests {
    private static let storage = (0..<12).map(Float.init).littleEndianBytes

    private func load(
        _ tensor: @escaping (inout PickleBytes) -> Void, storage: [UInt8] = storage, isWide: Bool = false
    ) throws -> [Float] {
        let bytes = PickleBytes.archive(
            PickleBytes.stateDictionary([("a", tensor)]), storages: ["0": storage], isWide: isWide)
        return try Loading.values(try Loading.torch(bytes)["a"], in: bytes)
    }

    @Test(arguments: [false, true]) func readsContiguousTensors(isWide: Bool) throws {
        #expect(
            try load({ $0.tensor(storage: 12, shape: [3, 4], strides: [4, 1]) }, isWide: isWide)
                == (0..<12).map(Float.init))
        #expect(
            try load({ $0.tensor(storage: 12, offset: 10, shape: [1, 2], strides: [7, 1]) }, isWide: isWide) == [
                10, 11,
            ])
        #expect(
            try load({ $0.tensor(storage: 12, offset: 12, shape: [0, 5], strides: [5, 1]) }, isWide: isWide) == [])
        #expect(try load({ $0.tensor(storage: 12, offset: 3, shape: [], strides: []) }, isWide: isWide) == [3])
    }

    @Test func copiesStridedTensors() throws {
        #expect(
            try load { $0.tensor(storage: 12, shape: [4, 3], strides: [1, 4]) } == [
                0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11,
            ])
        #expect(try load { $0.tensor(storage: 12, offset: 5, shape: [2, 2], strides: [4, 1]) } == [5, 6, 9, 10])
        #expect(
            try load { $0.tensor(storage: 12, shape: [2, 3, 2], strides: [1, 4, 2]) } == [
                0, 2, 4, 6, 8, 10, 1, 3, 5, 7, 9, 11,
            ])
        #expect(try load { $0.tensor(storage: 12, offset: 1, shape: [3], strides: [0]) } == [1, 1, 1])
    }

    @Test func copiesStridedHalfPrecision() throws {
        let halves = (0..<6).flatMap { withUnsafeBytes(of: Widths.half(Float($0)).littleEndian, Array<UInt8>.init) }
        #expect(
            try load({ $0.tensor(type: "HalfStorage", storage: 6, shape: [3, 2], strides: [1, 3]) }, storage: halves)
                == [0, 3, 1, 4, 2, 5])
    }

    @Test func refusesTensorsOutsideTheirStorage() {
        let broken: [(inout PickleBytes) -> Void] = [
            { $0.tensor(storage: 12, shape: [13], strides: [1]) },
            { $0.tensor(storage: 12, offset: 1, shape: [3, 4], strides: [4, 1]) },
            { $0.tensor(storage: 12, offset: -1, shape: [2], strides: [1]) },
            { $0.tensor(storage: 12, offset: .max, shape: [2], strides: [1]) },
            { $0.tensor(storage: 12, shape: [2], strides: [12]) },
            { $0.tensor(storage: 12, offset: 6, shape: [2], strides: [-1]) },
            { $0.tensor(storage: 12, shape: [2], strides: [.max]) },
            { $0.tensor(storage: 12, shape: [-2, -6], strides: [1, 1]) },
            { $0.tensor(storage: 12, shape: [.max, .max], strides: [0, 0]) },
            { $0.tensor(storage: 12, shape: [1 << 40], strides: [0]) },
            { $0.tensor(storage: 11, shape: [3], strides: [1]) },
            { $0.tensor(storage: 13, shape: [3], strides: [1]) },
            { $0.tensor(storage: .max, shape: [3], strides: [1]) },
            { $0.tensor(type: "HalfStorage", storage: 12, shape: [3], strides: [1]) },
            { $0.tensor(key: "1", storage: 12, shape: [3], strides: [1]) },
            { $0.tensor(key: "../data.pkl", storage: 12, shape: [3], strides: [1]) },
        ]
        for tensor in broken {
            Loading.expect(.malformedFile, mentions: "tensor \"a\"") { _ = try load(tensor) }
        }
    }

    @Test func tiesNamesThatShareAStorage() throws {
        let pickle = PickleBytes.stateDictionary([
            ("a", { $0.tensor(storage: 12, shape: [12], strides: [1]) }),
            ("b", { $0.tensor(storage: 12, shape: [12], strides: [1]) }),
        ])
        let tensors = try Loading.torch(PickleBytes.archive(pickle, storages: ["0": Self.storage]))
        #expect(tensors["a"] != nil && tensors["a"] == tensors["b"])
    }

    @Test func refusesWhatIsNotAnArchiveOfTensors() {
        Loading.expect(.unsupportedFormat, mentions: "before version 1.6") {
            _ = try Loading.torch([
                0x80, 2, 0x8A, 0x0A, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19, 0x2E,
            ])
        }
        Loading.expect(.malformedFile, mentions: "data.pkl") { _ = try Loading.torch(ZipBytes([("a/b", [1])]).bytes) }
        Loading.expect(.malformedFile, mentions: "2 entries") {
            _ = try Loading.torch(ZipBytes([("a/data.pkl", [1]), ("b/data.pkl", [1])]).bytes)
        }
        let pickle = PickleBytes.stateDictionary([])
        Loading.expect(.unsupportedFormat, mentions: "big-endian") {
            _ = try Loading.torch(ZipBytes([("a/data.pkl", pickle), ("a/byteorder", Array("big".utf8))]).bytes)
        }
        var list = PickleBytes()
        list.add("]")
        list.add(".")
        Loading.expect(.malformedFile, mentions: "dictionary") {
            _ = try Loading.torch(PickleBytes.archive(list.bytes))
        }
    }
}
