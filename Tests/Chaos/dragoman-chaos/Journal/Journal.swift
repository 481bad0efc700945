import Foundation
import Platform

#if canImport(Glibc)
import Glibc
#endif

/// What happened in a run: all its processes write into one file.
final class Journal: Sendable {
    private let file: AppendOnlyFile

    /// - Throws: `SystemError`.
    init(path: String) throws(SystemError) {
        file = try AppendOnlyFile(path: path)
    }

    /// Writes an entry down; when this returns it survives the process.
    /// - Parameter pid: the process concerned; `nil` for this one.
    func note(
        _ event: JournalEntry.Event, pid: Int32? = nil, job: String? = nil, worker: String? = nil,
        detail: String? = nil
    ) {
        let entry = JournalEntry(
            time: Timestamp.now, pid: pid ?? getpid(), event: event, job: job, worker: worker, detail: detail)
        do {
            try file.append(JSONEncoder().encode(entry))
        } catch {
            // A run whose journal has holes proves nothing: better to be seen failing.
            FileHandle.standardError.write(Data("the journal can't be written: \(error)\n".utf8))
            exit(70)
        }
    }
}
