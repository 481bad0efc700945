import Foundation

/// Standard output, for data. Nothing is held back in a buffer.
package enum StandardOutput {
    package static let descriptor: Int32 = 1

    package static func write(_ text: String) {
        try? FileHandle.standardOutput.write(contentsOf: Data(text.utf8))
    }

    package static func writeLine(_ line: String) {
        write(line + "\n")
    }
}

/// Standard error, for messages and progress.
package enum StandardError {
    package static let descriptor: Int32 = 2

    package static func write(_ text: String) {
        try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
    }

    package static func writeLine(_ line: String) {
        write(line + "\n")
    }
}
