import TranslationAPI

extension DragomanClient {
    /// What became of a stream of jobs.
    public struct SubmitSummary: Sendable, Hashable {
        /// A job that was not accepted.
        public struct Rejection: Sendable, Hashable {
            /// The job's position in the stream, from 0.
            public var index: UInt64
            /// The job's id.
            public var jobID: String
            /// Why.
            public var code: DragomanError.Code
            /// Why, for people.
            public var message: String
            /// Whether the same job may be accepted later.
            public var isRetriable: Bool
        }

        /// Jobs that were new.
        public var acceptedCount: UInt64 = 0
        /// Jobs that were there already, with the same contents; those among them that an attempt had submitted which broke
        /// before it was answered.
        public var duplicateCount: UInt64 = 0
        /// The first thousand of those that were not accepted.
        public var rejections: [Rejection] = []
        /// All that were not accepted.
        public var rejectedCount: UInt64 = 0

        private static let rejectionLimit = 1000

        /// Creates the summary of nothing.
        public init() {}

        mutating func add(_ response: Dragoman_V1_SubmitJobsResponse, firstIndex: UInt64) {
            // What a gateway says may be any number.
            acceptedCount &+= response.acceptedCount
            duplicateCount &+= response.duplicateCount
            rejectedCount &+= response.rejectedCount
            for rejected in response.rejected.prefix(Self.rejectionLimit - rejections.count) {
                rejections.append(Rejection(rejected, firstIndex: firstIndex))
            }
        }
    }
}

extension DragomanClient.SubmitSummary.Rejection {
    /// gRPC's UNAVAILABLE.
    private static let unavailable: Int32 = 14

    fileprivate init(_ rejected: Dragoman_V1_RejectedJob, firstIndex: UInt64) {
        index = firstIndex &+ rejected.index
        jobID = rejected.jobID
        code = DragomanError.Code(rejected.reason)
        message = rejected.message
        isRetriable = code.isRetriable || rejected.code == Self.unavailable
    }
}

extension DragomanError.Code {
    fileprivate init(_ reason: Dragoman_V1_ErrorReason) {
        self =
            switch reason {
            case .invalidArgument: .invalidArgument
            case .jobAlreadyExists: .jobAlreadyExists
            case .jobNotFound: .jobNotFound
            case .batchNotFound: .batchNotFound
            case .invalidToken: .invalidToken
            case .tokenExpired: .tokenExpired
            case .backlogLimit: .backlogLimit
            case .quotaExceeded: .quotaExceeded
            case .brokersUnavailable: .brokersUnavailable
            case .indexBehind: .indexBehind
            case .unauthenticated: .unauthenticated
            case .unspecified, .UNRECOGNIZED: Self(rawValue: "\(reason.rawValue)")
            }
    }
}
