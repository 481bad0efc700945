import SwiftProtobuf

/// A message that travels as the value of a Kafka record.
public protocol WireMessage: SwiftProtobuf.Message {
    /// Name of the message without its package and version, as it ends the CloudEvents type.
    static var eventName: String { get }
}

extension WireMessage {
    /// The CloudEvents type, such as `dragoman.v1.TranslationJob`.
    public static var eventType: String { "dragoman.v\(MessageCodec.majorVersion).\(eventName)" }
}

extension TranslationJob: WireMessage {
    /// `TranslationJob`.
    public static let eventName = "TranslationJob"
}

extension TranslationResult: WireMessage {
    /// `TranslationResult`.
    public static let eventName = "TranslationResult"
}

extension BatchRecord: WireMessage {
    /// `BatchRecord`.
    public static let eventName = "BatchRecord"
}

extension Cancellation: WireMessage {
    /// `Cancellation`.
    public static let eventName = "Cancellation"
}

extension Release: WireMessage {
    /// `Release`.
    public static let eventName = "Release"
}
