import Foundation

/// The files of one topic's tail. A client that gave up is followed by another one that begins anew with the next file,
/// so a record may be in several.
struct TailFiles: Sendable {
    let folder: OutputFolder
    let topic: String

    func path(_ number: Int) -> String { "\(folder.tails)/\(topic).\(number).jsonl" }

    /// Those that are there, in order.
    var paths: [String] {
        var paths: [String] = []
        while FileManager.default.fileExists(atPath: path(paths.count)) { paths.append(path(paths.count)) }
        return paths
    }
}
