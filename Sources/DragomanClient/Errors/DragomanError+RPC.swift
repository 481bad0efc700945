import GRPCCore
import GRPCProtobuf

extension DragomanError {
    /// The domain of the reasons that are ours.
    private static let domain = "dragoman.v1"

    /// What a call failed of.
    /// - Parameter endpoint: where the gateway should be.
    init(_ error: any Error, at endpoint: Endpoint) {
        switch error {
        case let error as DragomanError: self = error
        case let error as RPCError: self.init(error, endpoint)
        case let error as RuntimeError where error.code == .clientIsStopped:
            self.init(.closed, "the client of the gateway at \(endpoint) is closed")
        default: self.init(.other, "a call to the gateway at \(endpoint) failed", cause: error)
        }
    }

    private init(_ error: RPCError, _ endpoint: Endpoint) {
        let status = error.code.rawValue
        // What can't be unpacked tells nothing; the status and its message are left.
        if let info = (try? error.unpackGoogleRPCStatus())?.details.lazy.compactMap(\.errorInfo)
            .first(where: { $0.domain == Self.domain })
        {
            let code = Code(rawValue: info.reason)
            self.init(
                code, error.message.onOneLine, metadata: info.metadata,
                isRetriable: code.isRetriable || error.code == .unavailable, statusCode: status)
            return
        }
        switch error.code {
        case .unavailable:
            self.init(
                .gatewayUnreachable,
                "the gateway at \(endpoint) can't be reached: \(ConnectionTrouble.words(for: error.innermostMessage.onOneLine))",
                statusCode: status)
        case .deadlineExceeded:
            self.init(
                .deadlineExceeded, "the gateway at \(endpoint) did not answer in time", statusCode: status)
        case .unauthenticated: self.init(.unauthenticated, error.message.onOneLine, statusCode: status)
        case .permissionDenied: self.init(.permissionDenied, error.message.onOneLine, statusCode: status)
        case .unimplemented:
            self.init(
                .notSupported, "the gateway at \(endpoint) does not have such a call: \(error.message.onOneLine)",
                statusCode: status)
        case .resourceExhausted:
            self.init(.other, "\(error.code): \(error.message.onOneLine)", isRetriable: true, statusCode: status)
        default: self.init(.other, "\(error.code): \(error.message.onOneLine)", statusCode: status, cause: error.cause)
        }
    }
}

extension String {
    /// What comes over the wire must not look like lines of its own, or move a cursor.
    fileprivate var onOneLine: String {
        let scalars = unicodeScalars.map { $0.properties.generalCategory == .control ? " " : $0 }
        return String(String.UnicodeScalarView(scalars))
    }
}

extension RPCError {
    /// What a chain of errors began with says most.
    fileprivate var innermostMessage: String {
        switch cause {
        case let cause as RPCError: cause.innermostMessage
        case let cause?: "\(cause)"
        case nil: message
        }
    }
}
