/// A record of a CSV file, RFC 4180.
enum CSVRecord {
    /// Why bytes are no record.
    struct Failure: Error {
        let message: String
    }

    private static let quote = UInt8(ascii: "\"")
    private static let comma = UInt8(ascii: ",")

    /// Whether a quoted field goes on behind these lines.
    static func isOpen(_ text: some Sequence<UInt8>) -> Bool {
        text.reduce(false) { isOpen, byte in isOpen != (byte == quote) }
    }

    /// Takes a record apart.
    static func fields(of record: [UInt8]) throws(Failure) -> [[UInt8]] {
        var fields: [[UInt8]] = []
        var rest = record[...]
        while true {
            fields.append(rest.first == quote ? try quotedField(&rest) : try plainField(&rest))
            guard let separator = rest.popFirst() else { return fields }
            guard separator == comma else {
                throw Failure(message: "field \(fields.count): expected a comma after the closing quote")
            }
        }
    }

    private static func plainField(_ rest: inout ArraySlice<UInt8>) throws(Failure) -> [UInt8] {
        let field = rest.prefix { $0 != comma }
        rest = rest[field.endIndex...]
        guard !field.contains(quote) else {
            throw Failure(message: "a quote inside a field that is not quoted: write \"\" inside quotes for one")
        }
        return Array(field)
    }

    private static func quotedField(_ rest: inout ArraySlice<UInt8>) throws(Failure) -> [UInt8] {
        var field: [UInt8] = []
        rest.removeFirst()
        while true {
            let part = rest.prefix { $0 != quote }
            field += part
            rest = rest[part.endIndex...]
            guard rest.popFirst() != nil else { throw Failure(message: "a quoted field without its closing quote") }
            guard rest.first == quote else { return field }
            field.append(quote)
            rest.removeFirst()
        }
    }
}
