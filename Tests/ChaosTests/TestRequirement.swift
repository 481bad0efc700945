import Foundation
import Testing

/// What a test needs from outside. Where that is missing the test is skipped, except on a CI machine: there it fails.
enum TestRequirement {
    private struct Missing: Error, CustomStringConvertible {
        let description: String
    }

    static func missing(_ program: String) throws -> any Error {
        let words = "\(program) is not installed; Tests/run.sh installs it"
        guard ProcessInfo.processInfo.environment["CI"] == nil else { return Missing(description: words) }
        try Test.cancel("\(words)")
    }
}
