import Foundation

/// This program, also where a test bundle beside it runs the driver.
enum ChaosExecutable {
    static let path = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
        .appending(path: "dragoman-chaos").path(percentEncoded: false)
}
