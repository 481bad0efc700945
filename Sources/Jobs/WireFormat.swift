/// How a message is written as bytes.
public enum WireFormat: String, Sendable, CaseIterable {
    /// Protocol buffers, for size and speed.
    case protobuf
    /// proto3 JSON, for everything else.
    case json

    /// What the `content-type` header says.
    public var contentType: String {
        switch self {
        case .protobuf: "application/protobuf"
        case .json: "application/json"
        }
    }

    /// Reads a `content-type`; case and parameters such as `charset` don't matter.
    /// - Returns: `nil` for a type that is neither.
    public init?(contentType: String) {
        // Spelled as here it costs nothing: every record of a topic says it.
        if let format = Self.allCases.first(where: { $0.contentType == contentType }) {
            self = format
            return
        }
        let mediaType = contentType.prefix { $0 != ";" }.filter { !$0.isWhitespace }.lowercased()
        switch mediaType {
        case "application/protobuf", "application/x-protobuf": self = .protobuf
        case "application/json": self = .json
        default: return nil
        }
    }
}
