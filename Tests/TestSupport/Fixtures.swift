import Foundation

/// Where the test data lies.
public enum Fixtures {
    /// The repository's root.
    public static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// Path of a file or folder under `Tests/Fixtures`.
    public static func path(_ name: String) -> String {
        root.appending(path: "Tests/Fixtures").appending(path: name).path(percentEncoded: false)
    }
}
