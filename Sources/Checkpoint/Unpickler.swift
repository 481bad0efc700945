/// Reads the pickle of a PyTorch state dictionary without executing anything.
///
/// Only the opcodes of ``PickleOpcode`` and the globals of ``PickleGlobal`` are accepted; a global is a name with a fixed
/// meaning here, and "calling" one builds one of three kinds of data. Each opcode adds at most one value, to flat storage,
/// and their number is limited, so time and memory are bounded.
struct Unpickler {
    /// The largest checkpoints' pickles have a quarter of a megabyte.
    static let maximumByteCount = 64 << 20
    /// Enough for 30,000 tensors at about sixty opcodes each.
    static let maximumOpcodeCount = 1 << 21

    private let path: String
    private var reader: ByteReader
    private var heap = PickleHeap()
    private var stack: [PickleValue] = []
    private var marks: [Int] = []
    private var memo: [Int: PickleValue] = [:]

    /// Reads a pickled dictionary of tensors by name; entries that are not tensors are left out.
    /// - Parameter path: How messages name the pickle.
    static func readStateDictionary(
        _ bytes: UnsafeRawBufferPointer, path: String
    ) throws(CheckpointError) -> [String: TorchTensor] {
        guard bytes.count <= maximumByteCount else {
            throw CheckpointError(
                .unsafePickle,
                "\(path): \(bytes.count) bytes; a state dictionary's pickle has at most \(maximumByteCount)")
        }
        var unpickler = Unpickler(path: path, reader: ByteReader(bytes))
        let root = try unpickler.run()
        return try unpickler.stateDictionary(root)
    }

    private init(path: String, reader: ByteReader) {
        self.path = path
        self.reader = reader
    }

    private mutating func run() throws(CheckpointError) -> PickleValue {
        for _ in 0..<Self.maximumOpcodeCount {
            let offset = reader.offset
            let byte = try operand(reader.integer(UInt8.self))
            guard let opcode = PickleOpcode(rawValue: byte) else {
                throw CheckpointError(
                    .unsafePickle,
                    "\(path): the opcode 0x\(String(byte, radix: 16)) at byte \(offset) is not one that weights need; refused"
                )
            }
            if opcode == .stop { return try pop() }
            try execute(opcode)
        }
        throw CheckpointError(.unsafePickle, "\(path): more than \(Self.maximumOpcodeCount) opcodes; refused")
    }

    private mutating func execute(_ opcode: PickleOpcode) throws(CheckpointError) {
        switch opcode {
        case .stop: break
        case .protocol: try skipProtocol()
        case .frame: _ = try operand(reader.integer(UInt64.self))
        case .mark: marks.append(stack.count)
        case .none: stack.append(.none)
        case .newTrue: stack.append(.boolean(true))
        case .newFalse: stack.append(.boolean(false))
        case .binaryInteger: stack.append(.integer(Int(try operand(reader.integer(Int32.self)))))
        case .binaryInteger1: stack.append(.integer(Int(try operand(reader.integer(UInt8.self)))))
        case .binaryInteger2: stack.append(.integer(Int(try operand(reader.integer(UInt16.self)))))
        case .long1: stack.append(.integer(try readLong()))
        case .binaryFloat:
            stack.append(.float(Double(bitPattern: try operand(reader.integer(UInt64.self)).byteSwapped)))
        case .binaryUnicode: try pushString(Int(try operand(reader.integer(UInt32.self))))
        case .shortBinaryUnicode: try pushString(Int(try operand(reader.integer(UInt8.self))))
        case .global: try pushGlobal()
        case .emptyTuple: stack.append(heap.add(.tuple([])))
        case .tuple1: try pushTuple(popLast(1))
        case .tuple2: try pushTuple(popLast(2))
        case .tuple3: try pushTuple(popLast(3))
        case .tuple: try pushTuple(popToMark())
        case .emptyList: stack.append(heap.add(.list([])))
        case .append: try append(popLast(1))
        case .appends: try append(popToMark())
        case .emptyDictionary: stack.append(heap.add(.dictionary([])))
        case .setItem: try setItems(popLast(2))
        case .setItems: try setItems(popToMark())
        case .binaryPut: memo[Int(try operand(reader.integer(UInt8.self)))] = try top()
        case .longBinaryPut: memo[Int(try operand(reader.integer(UInt32.self)))] = try top()
        case .memoize: memo[memo.count] = try top()
        case .binaryGet: try pushMemo(Int(try operand(reader.integer(UInt8.self))))
        case .longBinaryGet: try pushMemo(Int(try operand(reader.integer(UInt32.self))))
        case .binaryPersistentID: try pushStorage()
        case .reduce: try reduce()
        case .build: try build()
        }
    }
}

// MARK: - The stack

extension Unpickler {
    private func malformed(_ reason: String) -> CheckpointError {
        CheckpointError(.malformedFile, "\(path): \(reason) (before byte \(reader.offset))")
    }

    /// The value if the pickle had one left to read.
    private func operand<Value>(_ value: Value?) throws(CheckpointError) -> Value {
        guard let value else { throw malformed("the pickle is cut short") }
        return value
    }

    /// Where values of the innermost open mark begin: nothing below it may be taken off.
    private var floor: Int { marks.last ?? 0 }

    private func top() throws(CheckpointError) -> PickleValue {
        guard stack.count > floor, let value = stack.last else { throw malformed("the pickle's stack is empty") }
        return value
    }

    private mutating func pop() throws(CheckpointError) -> PickleValue {
        let value = try top()
        stack.removeLast()
        return value
    }

    private mutating func popLast(_ count: Int) throws(CheckpointError) -> [PickleValue] {
        guard stack.count - floor >= count else { throw malformed("the pickle's stack is empty") }
        defer { stack.removeLast(count) }
        return Array(stack.suffix(count))
    }

    private mutating func popToMark() throws(CheckpointError) -> [PickleValue] {
        guard let mark = marks.popLast() else { throw malformed("the pickle ends a group it did not begin") }
        defer { stack.removeLast(stack.count - mark) }
        return Array(stack[mark...])
    }

    private mutating func pushString(_ byteCount: Int) throws(CheckpointError) {
        guard let string = reader.string(byteCount) else { throw malformed("a string that is cut short or not UTF-8") }
        stack.append(.string(string))
    }

    private mutating func pushTuple(_ elements: [PickleValue]) throws(CheckpointError) {
        stack.append(heap.add(.tuple(elements)))
    }

    private mutating func pushMemo(_ index: Int) throws(CheckpointError) {
        guard let value = memo[index] else { throw malformed("the pickle's memo has no entry \(index)") }
        stack.append(value)
    }

    private mutating func skipProtocol() throws(CheckpointError) {
        let version = try operand(reader.integer(UInt8.self))
        guard 2...5 ~= version else { throw malformed("the pickle protocol \(version) is not known; expected 2") }
    }

    /// A little-endian two's complement number of up to eight bytes.
    private mutating func readLong() throws(CheckpointError) -> Int {
        let count = Int(try operand(reader.integer(UInt8.self)))
        let bytes = try operand(reader.slice(count))
        guard count <= MemoryLayout<Int>.size else { throw malformed("an integer of \(count) bytes") }
        guard let highest = bytes.last else { return 0 }
        var value = highest & 0x80 == 0 ? 0 : -1
        for byte in bytes.reversed() { value = value << 8 | Int(byte) }
        return value
    }

    private mutating func append(_ elements: [PickleValue]) throws(CheckpointError) {
        guard heap.extendList(try top(), by: elements) else {
            throw malformed("the pickle appends to what is not a list")
        }
    }

    private mutating func setItems(_ items: [PickleValue]) throws(CheckpointError) {
        guard heap.extendDictionary(try top(), by: items) else {
            throw malformed("the pickle sets items of what is not a dictionary, or a key without a value")
        }
    }
}

// MARK: - Objects

extension Unpickler {
    private mutating func pushGlobal() throws(CheckpointError) {
        guard let module = reader.line(), let name = reader.line() else {
            throw malformed("the name of a global is cut short")
        }
        guard let global = PickleGlobal(rawValue: module + "." + name) else {
            throw CheckpointError(
                .unsafePickle,
                "\(path): the global \(module).\(name) is not one that weights need; refused, nothing was executed")
        }
        stack.append(.global(global))
    }

    /// A persistent id stands for a storage: `("storage", type, key, location, element count)`.
    private mutating func pushStorage() throws(CheckpointError) {
        let identifier = try pop()
        guard
            let fields = heap.tuple(identifier), fields.count == 5,
            fields[0] == .string("storage"),
            case .global(let type) = fields[1], let dataType = type.storageDataType,
            case .string(let key) = fields[2],
            case .integer(let count) = fields[4], count >= 0
        else { throw malformed("a persistent id that does not describe a storage") }
        stack.append(heap.add(.storage(TorchStorage(dataType: dataType, key: key, count: count))))
    }

    private mutating func reduce() throws(CheckpointError) {
        let arguments = try pop()
        guard case .global(let function) = try pop(), let values = heap.tuple(arguments) else {
            throw malformed("the pickle calls what is not a known function")
        }
        switch function {
        case .orderedDictionary where values.isEmpty:
            stack.append(heap.add(.dictionary([])))
        case .rebuildTensor:
            stack.append(heap.add(.tensor(try tensor(values))))
        case .rebuildParameter:
            guard let parameter = values.first, case .tensor = heap.node(parameter) else {
                throw malformed("a parameter that is not a tensor")
            }
            stack.append(parameter)
        default:
            throw malformed("\(function.rawValue) is called with unexpected arguments")
        }
    }

    /// `_rebuild_tensor_v2(storage, storage_offset, size, stride, requires_grad, backward_hooks[, metadata])`
    private func tensor(_ arguments: [PickleValue]) throws(CheckpointError) -> TorchTensor {
        guard
            6...7 ~= arguments.count,
            case .storage(let storage) = heap.node(arguments[0]),
            case .integer(let offset) = arguments[1],
            let shape = heap.integers(arguments[2]),
            let strides = heap.integers(arguments[3]), strides.count == shape.count,
            shape.count <= SafetensorsHeader.maximumRank
        else { throw malformed("a tensor with unexpected arguments") }
        return TorchTensor(storage: storage, offset: offset, shape: shape, strides: strides)
    }

    /// The state that objects carry besides their items, such as `_metadata`, says nothing about the weights.
    private mutating func build() throws(CheckpointError) {
        _ = try pop()
        guard case .dictionary = heap.node(try top()) else {
            throw malformed("the pickle sets state of what is not a dictionary")
        }
    }

    private func stateDictionary(_ root: PickleValue) throws(CheckpointError) -> [String: TorchTensor] {
        guard case .dictionary(let items) = heap.node(root) else {
            throw malformed("the pickle does not hold a dictionary of tensors")
        }
        var tensors: [String: TorchTensor] = [:]
        for index in stride(from: 0, to: items.count, by: 2) {
            guard case .string(let name) = items[index] else {
                throw malformed("a key of the state dictionary is not a string")
            }
            guard case .tensor(let tensor) = heap.node(items[index + 1]) else { continue }
            guard tensors.updateValue(tensor, forKey: name) == nil else {
                throw malformed("the tensor \"\(name)\" occurs twice")
            }
        }
        return tensors
    }
}
