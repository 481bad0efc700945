/// One header of a record. A record may have several with the same key.
public struct KafkaHeader: Sendable, Hashable {
    /// The header's name.
    public var key: String
    /// The header's value; `nil` and empty are different things.
    public var value: [UInt8]?

    /// Creates a header.
    public init(key: String, value: [UInt8]?) {
        self.key = key
        self.value = value
    }

    /// Creates a header with a text as its value.
    public init(key: String, value: String) {
        self.init(key: key, value: Array(value.utf8))
    }
}
