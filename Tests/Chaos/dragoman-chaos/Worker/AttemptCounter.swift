import Foundation
import Platform

/// Counts attempts at jobs across processes, whatever becomes of these.
struct AttemptCounter: Sendable {
    let folder: String

    /// Counts one more.
    /// - Returns: How many there were before.
    func add(_ name: String) throws -> Int {
        let path = "\(folder)/\(name)"
        let before = FileManager.default.contents(atPath: path)?.count ?? 0
        try AppendOnlyFile(path: path).append([])
        return before
    }
}
