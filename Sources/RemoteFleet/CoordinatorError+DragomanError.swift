import Coordinator
import DragomanClient

extension CoordinatorError {
    init(_ error: DragomanError) {
        let code: Code =
            switch error.code {
            case .gatewayUnreachable, .brokersUnavailable, .deadlineExceeded: .gatewayUnreachable
            case .configuration: .gatewayConfiguration
            default: .gatewayRefused
            }
        self.init(code, error.message, cause: error.cause)
    }
}
