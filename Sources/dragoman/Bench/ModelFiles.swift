import FoundationEssentials
import Platform

/// The files of a model, and how much of them is in memory.
struct ModelFiles: Sendable {
    private let paths: [String]

    /// - Parameter path: a checkpoint's folder or a packed file.
    init(path: String) {
        var isFolder = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder else {
            paths = [path]
            return
        }
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        paths = names.map { path + "/" + $0 }
    }

    /// Asks the system to forget them: the next to read them has to wait for the disk.
    /// - Returns: The share of their bytes that is in memory all the same; 0 as a rule.
    func forget() -> Double {
        for path in paths { try? PageCache.forget(path: path) }
        let residency = paths.compactMap { try? PageCache.residency(path: $0) }
        let total = residency.reduce(0) { $0 + $1.byteCount }
        return total == 0 ? 1 : Double(residency.reduce(0) { $0 + $1.resident }) / Double(total)
    }
}
