/// Typed access to one object of a JSON configuration file. Errors name the file and the field, say what was found and
/// what would be right. A field that is absent or null has its default.
struct ConfigurationReader {
    /// Published configurations have a few kilobytes; an index of shards has some hundred.
    static let maximumByteCount = 16 << 20

    let path: String
    let members: [String: JSONValue]
    private let prefix: String

    /// Parses a file, whose root must be an object.
    init(_ file: FileContents) throws(CheckpointError) {
        let bytes = file.bytes
        guard bytes.count <= Self.maximumByteCount else {
            throw CheckpointError(
                .malformedFile, "\(file.path): \(bytes.count) bytes; expected at most \(Self.maximumByteCount)")
        }
        var reader = JSONReader(bytes)
        do {
            guard case .object(let members) = try reader.readValue() else {
                throw JSONSyntaxError(offset: 0, reason: "expected an object")
            }
            try reader.finish()
            self.init(path: file.path, members: members)
        } catch {
            throw CheckpointError(.malformedFile, "\(file.path): not valid JSON: \(error)", cause: error)
        }
    }

    init(path: String, members: [String: JSONValue], prefix: String = "") {
        self.path = path
        self.members = members
        self.prefix = prefix
    }

    /// The value of a field; `nil` when it is absent or null.
    func value(_ field: String) -> JSONValue? {
        guard let value = members[field], value != .null else { return nil }
        return value
    }

    /// An object inside this one.
    func object(_ field: String) throws(CheckpointError) -> ConfigurationReader? {
        guard let value = value(field) else { return nil }
        guard case .object(let members) = value else { throw failure(field, expected: "an object") }
        return ConfigurationReader(path: path, members: members, prefix: "\(prefix)\(field).")
    }

    func string(_ field: String) throws(CheckpointError) -> String? {
        guard let value = value(field) else { return nil }
        guard case .string(let string) = value else { throw failure(field, expected: "a string") }
        return string
    }

    func boolean(_ field: String, default defaultValue: Bool) throws(CheckpointError) -> Bool {
        guard let value = value(field) else { return defaultValue }
        guard case .boolean(let boolean) = value else { throw failure(field, expected: "true or false") }
        return boolean
    }

    func integer(_ field: String, in range: ClosedRange<Int>) throws(CheckpointError) -> Int? {
        guard let value = value(field) else { return nil }
        guard case .integer(let integer) = value, range ~= integer else {
            throw failure(field, expected: "a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return integer
    }

    func integers(_ field: String, in range: ClosedRange<Int>) throws(CheckpointError) -> [Int]? {
        guard let value = value(field) else { return nil }
        let expected = "an array of whole numbers from \(range.lowerBound) to \(range.upperBound)"
        guard case .array(let elements) = value else { throw failure(field, expected: expected) }
        var integers: [Int] = []
        for element in elements {
            guard case .integer(let integer) = element, range ~= integer else {
                throw failure(field, expected: expected)
            }
            integers.append(integer)
        }
        return integers
    }

    func number(_ field: String) throws(CheckpointError) -> Double? {
        switch value(field) {
        case nil: return nil
        case .integer(let integer): return Double(integer)
        case .double(let double): return double
        default: throw failure(field, expected: "a number")
        }
    }

    /// An error about a field: what it is, and what it should be.
    func failure(_ field: String, expected: String) -> CheckpointError {
        failure(.invalidConfiguration, field, expected: expected)
    }

    /// The same with another code.
    func failure(_ code: CheckpointError.Code, _ field: String, expected: String) -> CheckpointError {
        let found = value(field).map { "is \($0)" } ?? "is missing"
        return CheckpointError(code, "\(location(field)) \(found); expected \(expected)")
    }

    /// How messages name a field.
    func location(_ field: String) -> String { "\(path): \(prefix)\(field)" }
}
