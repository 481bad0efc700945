import GRPCCore
import GRPCProtobuf
import Jobs
import Kafka
import TranslationAPI

/// The service's errors: gRPC's codes with a google.rpc.ErrorInfo.
enum ServiceError {
    static let domain = "dragoman.v1"

    static func make(
        _ code: RPCError.Code, _ reason: Dragoman_V1_ErrorReason, _ message: String, metadata: [String: String] = [:],
        retryAfter: Duration? = nil
    ) -> GoogleRPCStatus {
        var metadata = metadata
        var details: [ErrorDetails] = []
        if let retryAfter {
            metadata["retry_after_seconds"] = "\(max(1, retryAfter.components.seconds + 1))"
            details.append(.retryInfo(delay: retryAfter))
        }
        details.insert(.errorInfo(reason: reason.name, domain: domain, metadata: metadata), at: 0)
        return GoogleRPCStatus(code: code, message: message, details: details)
    }

    static func invalid(_ field: String, _ message: String) -> GoogleRPCStatus {
        var status = make(.invalidArgument, .invalidArgument, "\(field): \(message)", metadata: ["field": field])
        status.details.append(.badRequest(violations: [.init(field: field, description: message)]))
        return status
    }

    static func invalid(_ error: JobsError) -> GoogleRPCStatus {
        // The message begins with the field's name.
        let field = error.message.prefix { $0 != ":" }
        let isField = field.count < error.message.count && field.allSatisfy { $0.isLetter || "._".contains($0) }
        guard isField else {
            return make(.invalidArgument, .invalidArgument, error.message, metadata: ["field": "job"])
        }
        return invalid(String(field), String(error.message.dropFirst(field.count + 2)))
    }

    static func brokers(_ error: KafkaError) -> GoogleRPCStatus {
        switch error.code {
        case .messageTooLarge:
            return make(.invalidArgument, .invalidArgument, "\(error)", metadata: ["field": "job"])
        default:
            return make(.unavailable, .brokersUnavailable, "the brokers do not take it: \(error)")
        }
    }

    /// What any error becomes.
    static func status(of error: any Error) -> any Error {
        switch error {
        case let error as KafkaError: brokers(error)
        case let error as JobsError: invalid(error)
        case is CancellationError: RPCError(code: .cancelled, message: "the call was cancelled")
        default: error
        }
    }
}

extension Dragoman_V1_ErrorReason {
    /// The name in the schema, such as `JOB_NOT_FOUND`.
    var name: String {
        String(describing: self).reduce(into: "") { name, character in
            if character.isUppercase { name.append("_") }
            name += character.uppercased()
        }
    }
}
