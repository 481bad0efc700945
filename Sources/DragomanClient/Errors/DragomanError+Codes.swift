extension DragomanError.Code {
    // What gateways say.

    /// A field of the request is missing, malformed or beyond its limit; the metadata entry `field` names it.
    public static let invalidArgument = Self(rawValue: "INVALID_ARGUMENT")
    /// Another job has this batch, id and run.
    public static let jobAlreadyExists = Self(rawValue: "JOB_ALREADY_EXISTS")
    /// No such job, or it is older than what the topics keep.
    public static let jobNotFound = Self(rawValue: "JOB_NOT_FOUND")
    /// No such batch, or it is older than what the topics keep.
    public static let batchNotFound = Self(rawValue: "BATCH_NOT_FOUND")
    /// A token that no gateway of this fleet has given, or for another request.
    public static let invalidToken = Self(rawValue: "INVALID_TOKEN")
    /// What the token stands for is not kept any more.
    public static let tokenExpired = Self(rawValue: "TOKEN_EXPIRED")
    /// As many jobs wait as may; the metadata entry `limit` says how many.
    public static let backlogLimit = Self(rawValue: "BACKLOG_LIMIT")
    /// The client has used up its share; see ``DragomanError/retryAfter``.
    public static let quotaExceeded = Self(rawValue: "QUOTA_EXCEEDED")
    /// The gateway's brokers do not answer.
    public static let brokersUnavailable = Self(rawValue: "BROKERS_UNAVAILABLE")
    /// The gateway's index has not caught up within the call's deadline.
    public static let indexBehind = Self(rawValue: "INDEX_BEHIND")
    /// No bearer token, or a wrong one.
    public static let unauthenticated = Self(rawValue: "UNAUTHENTICATED")

    // What the client finds out.

    /// The gateway can't be reached, or has gone away.
    public static let gatewayUnreachable = Self(rawValue: "GATEWAY_UNREACHABLE")
    /// The call's time is up; whether it took effect is not known.
    public static let deadlineExceeded = Self(rawValue: "DEADLINE_EXCEEDED")
    /// The token is good but does not allow the call.
    public static let permissionDenied = Self(rawValue: "PERMISSION_DENIED")
    /// The gateway does not have such a call.
    public static let notSupported = Self(rawValue: "NOT_SUPPORTED")
    /// The client's configuration can't be used.
    public static let configuration = Self(rawValue: "CONFIGURATION")
    /// The client is closed.
    public static let closed = Self(rawValue: "CLOSED")
    /// Anything else that gateway or connection failed of; the status of gRPC tells more.
    public static let other = Self(rawValue: "OTHER")

    /// Whether the same call may succeed later.
    var isRetriable: Bool {
        switch self {
        case .backlogLimit, .quotaExceeded, .brokersUnavailable, .indexBehind, .gatewayUnreachable, .deadlineExceeded:
            true
        default: false
        }
    }
}
