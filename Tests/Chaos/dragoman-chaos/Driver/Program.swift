import Foundation

/// Programs of others.
enum Program {
    /// Where a program is.
    /// - Throws: ``ChaosError`` when it is not installed.
    static func path(_ name: String) throws -> String {
        let folders = ProcessInfo.processInfo.environment["PATH"]?.split(separator: ":") ?? []
        guard let path = folders.map({ "\($0)/\(name)" }).first(where: FileManager.default.isExecutableFile) else {
            throw ChaosError("\(name) is not installed; Tests/Chaos/run installs it")
        }
        return path
    }
}
