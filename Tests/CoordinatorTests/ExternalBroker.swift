import Foundation
import Testing

/// A broker that is neither librdkafka's nor ours, which `DRAGOMAN_TEST_BROKER` names.
enum ExternalBroker {
    /// Its `host:port`. Without one the test is skipped; where `CI` is set, that is a failure.
    static func address() throws -> String {
        let environment = ProcessInfo.processInfo.environment
        if let address = environment["DRAGOMAN_TEST_BROKER"] { return address }
        if environment["CI"] != nil { Issue.record("DRAGOMAN_TEST_BROKER is not set") }
        try Test.cancel("DRAGOMAN_TEST_BROKER is not set")
    }
}
