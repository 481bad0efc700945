import Foundation

/// A file that goes with its last user.
final class BorrowedFile: Sendable {
    private let path: String

    init(path: String) { self.path = path }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}
