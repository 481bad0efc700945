import ArgumentParser
import Monitoring

extension ListenAddress {
    /// - Parameter option: what it was given with.
    /// - Throws: `ValidationError`.
    package init(_ text: String, option: String) throws {
        guard let address = ListenAddress(text) else {
            throw ValidationError(
                "\(option): expected an address and a port such as 0.0.0.0:50051 or [::]:50051, not '\(text)'")
        }
        self = address
    }
}
