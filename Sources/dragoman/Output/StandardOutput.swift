import Foundation

/// Standard output, for data. Nothing is held back in a buffer.
enum StandardOutput {
    static let descriptor: Int32 = 1

    static func write(_ text: String) {
        try? FileHandle.standardOutput.write(contentsOf: Data(text.utf8))
    }

    static func writeLine(_ line: String) {
        write(line + "\n")
    }
}

/// Standard error, for messages and progress.
enum StandardError {
    static let descriptor: Int32 = 2

    static func write(_ text: String) {
        try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
    }

    static func writeLine(_ line: String) {
        write(line + "\n")
    }
}
