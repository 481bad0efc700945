import SwiftProtobuf

/// Writes messages as bytes and reads them back, protobuf or proto3 JSON as the `content-type` header says.
///
/// Readers ignore fields they don't know. JSON is assumed without a `content-type`, so that any tool can submit.
public enum MessageCodec {
    /// Version of the contract in topics, types and package: `v1`.
    public static let majorVersion = 1
    /// Largest value, in bytes, that is sent: Kafka's default limit is 1 MiB with headers and framing.
    public static let valueLimit = 1_000_000

    /// The format the headers announce.
    /// - Throws: ``JobsError`` with code `contentTypeNotSupported`.
    public static func format(of headers: [MessageHeader]) throws(JobsError) -> WireFormat {
        guard headers.contains(where: { $0.name == HeaderName.contentType.rawValue }) else { return .json }
        let contentType = headers.text(.contentType) ?? ""
        guard let format = WireFormat(contentType: contentType) else {
            throw JobsError(
                .contentTypeNotSupported,
                "content-type '\(contentType.prefix(100))': expected application/protobuf or application/json")
        }
        return format
    }

    /// Reads a record's value as a message of the given type.
    /// - Throws: ``JobsError`` when the headers announce something else, or the bytes are not what they announce.
    public static func decode<Message: WireMessage>(
        _ type: Message.Type = Message.self, from value: [UInt8]?, headers: [MessageHeader]
    ) throws(JobsError) -> Message {
        let format = try format(of: headers)
        try check(eventType: headers, is: type)
        guard let value else {
            throw JobsError(.unreadableMessage, "the record has no value; expected a \(type.eventName)")
        }
        return try decode(type, from: value, format: format)
    }

    /// Reads bytes of a known format as a message of the given type.
    /// - Throws: ``JobsError`` with code `unreadableMessage`.
    public static func decode<Message: WireMessage>(
        _ type: Message.Type = Message.self, from value: [UInt8], format: WireFormat
    ) throws(JobsError) -> Message {
        do {
            switch format {
            case .protobuf:
                return try Message(serializedBytes: value)
            case .json:
                var options = JSONDecodingOptions()
                options.ignoreUnknownFields = true
                return try Message(jsonUTF8Bytes: value, options: options)
            }
        } catch {
            throw JobsError(
                .unreadableMessage, "the value is not a \(type.eventName) in \(format.contentType): \(error)",
                cause: error)
        }
    }

    /// Writes a message as bytes; the same message always gives the same bytes.
    /// - Throws: ``JobsError`` when the result is over ``valueLimit`` or holds what the format can't express.
    public static func encode(_ message: some WireMessage, as format: WireFormat) throws(JobsError) -> [UInt8] {
        let bytes: [UInt8]
        do {
            switch format {
            case .protobuf:
                var options = BinaryEncodingOptions()
                options.useDeterministicOrdering = true
                bytes = try message.serializedBytes(options: options)
            case .json:
                var options = JSONEncodingOptions()
                options.useDeterministicOrdering = true
                bytes = try message.jsonUTF8Bytes(options: options)
            }
        } catch {
            throw JobsError(.invalidField, "can't write the message as \(format.contentType): \(error)", cause: error)
        }
        guard bytes.count <= valueLimit else {
            throw JobsError(
                .messageTooLarge, "the message takes \(bytes.count) bytes; at most \(valueLimit) can be sent")
        }
        return bytes
    }

    /// A type that is absent is taken for the expected one; a type that is not ours, or of another major version, is
    /// never guessed at.
    private static func check<Message: WireMessage>(
        eventType headers: [MessageHeader], is type: Message.Type
    ) throws(JobsError) {
        guard headers.contains(where: { $0.name == HeaderName.eventType.rawValue }) else { return }
        let eventType = headers.text(.eventType) ?? ""
        guard eventType == type.eventType else {
            throw JobsError(
                .messageTypeNotSupported, "ce_type '\(eventType.prefix(100))': expected \(type.eventType)")
        }
    }
}
