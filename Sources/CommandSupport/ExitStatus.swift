import Coordinator
import Evaluation
import Jobs
import Kafka

/// How the process ends. Thrown by a command that has said everything already.
package enum ExitStatus: Int32, Error, CaseIterable {
    case success = 0
    case someFailed = 1
    case usage = 2
    case brokerUnreachable = 3
    case timedOut = 4
    /// Its watchdog ends a worker with it.
    case standstill = 5
    case interrupted = 130

    /// The status an error that nobody dealt with leads to.
    package init(of error: any Error) {
        self =
            switch error {
            case is JobsError: .usage
            case let error as CoordinatorError: Self(of: error)
            case let error as KafkaError: Self(of: error)
            case let error as EvaluationError where error.code == .invalidManifest: .usage
            case is CancellationError: .interrupted
            default: .someFailed
            }
    }

    private init(of error: CoordinatorError) {
        switch error.code {
        case .emptyBatch, .invalidBatch, .batchNameTaken, .unfinishedSubmit, .runIsOver, .gatewayConfiguration:
            self = .usage
        case .partitionCountsDiffer, .temporaryFile, .unknownID, .gatewayRefused: self = .someFailed
        case .gatewayUnreachable: self = .brokerUnreachable
        case .incompleteSubmit: self = error.cause.map { Self(of: $0) } ?? .someFailed
        }
    }

    private init(of error: KafkaError) {
        switch error.code {
        case .brokerUnreachable: self = .brokerUnreachable
        case .configuration: self = .usage
        default: self = .someFailed
        }
    }

    /// What it means.
    package var meaning: String {
        switch self {
        case .success: "all done"
        case .someFailed: "some jobs or files failed, or the command could not do its work"
        case .usage: "wrong usage"
        case .brokerUnreachable: "no broker, or no gateway, could be reached"
        case .timedOut: "timed out, with partial results"
        case .standstill: "a worker that stood still ended itself"
        case .interrupted: "interrupted"
        }
    }

    /// For the help.
    package static let table =
        "Exit codes:\n"
        + allCases.map { status in
            let number = String(status.rawValue)
            return "  \(number)\(String(repeating: " ", count: 5 - number.count))\(status.meaning)"
        }.joined(separator: "\n")
}
