/// A header of a Kafka record.
public struct MessageHeader: Sendable, Hashable {
    /// Name, compared as it is.
    public var name: String
    /// Value; `nil` is Kafka's null, not an empty value.
    public var value: [UInt8]?

    /// Creates a header from bytes.
    public init(name: String, value: [UInt8]?) {
        self.name = name
        self.value = value
    }

    /// Creates a header from text.
    public init(_ name: HeaderName, _ text: String) {
        self.init(name: name.rawValue, value: Array(text.utf8))
    }
}

extension Sequence<MessageHeader> {
    /// The text of a header; of several with the same name, the last.
    /// - Returns: `nil` without such a header, or where it is null or not UTF-8.
    public func text(_ name: HeaderName) -> String? {
        guard let value = last(named: name.rawValue)?.value else { return nil }
        return String(validating: value, as: UTF8.self)
    }

    private func last(named name: String) -> MessageHeader? {
        reduce(nil) { $1.name == name ? $1 : $0 }
    }
}
