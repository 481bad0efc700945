import Foundation

/// Where a program reads or writes.
public enum SpawnedStream {
    /// `/dev/null`.
    case nothing
    /// An open file, which stays open here.
    case file(FileHandle)
    /// The one end of a pipe; the program's end is closed here once it runs.
    case pipe(Pipe)

    /// What the program has as its file of that number.
    func handle(for number: Int32) -> FileHandle? {
        switch self {
        case .nothing: nil
        case .file(let handle): handle
        case .pipe(let pipe): number == STDIN_FILENO ? pipe.fileHandleForReading : pipe.fileHandleForWriting
        }
    }
}
