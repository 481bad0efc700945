/// Errors of the Kafka protocol, by their codes.
enum ProtocolFailure: Int16, CaseIterable, Sendable {
    case requestTimedOut = 7
    case offsetMetadataTooLarge = 12
    case notCoordinator = 16
    case illegalGeneration = 22
    case unknownMemberID = 25
    case rebalanceInProgress = 27

    /// Whether a member that gets it joins the group anew under its old id. The mock cluster of librdkafka 2.0.2 stops the
    /// process (`!member->resp`) when one does so that is joining already.
    func sendsMembersBack(from request: RequestKind) -> Bool {
        switch request {
        case .commit: self == .illegalGeneration
        case .heartbeat: self == .illegalGeneration || self == .rebalanceInProgress
        case .produce, .fetch, .join: false
        }
    }
}
