#if canImport(Glibc)
import Glibc
#endif

extension SystemCalls {
    /// Size and kind of what a path leads to, symbolic links followed.
    /// - Throws: ``SystemError``.
    public static func status(path: String) throws(SystemError) -> FileStatus {
        guard !path.utf8.contains(0) else { throw SystemError(call: "stat", errorNumber: EINVAL, path: path) }
        var status = stat()
        _ = try retrying("stat", path) { stat(path, &status) }
        return FileStatus(status)
    }

    /// What lies in a folder, but for `.` and `..`, in no order.
    /// - Throws: ``SystemError``.
    public static func entries(ofFolder path: String) throws(SystemError) -> [FolderEntry] {
        guard !path.utf8.contains(0) else { throw SystemError(call: "opendir", errorNumber: EINVAL, path: path) }
        guard let folder = opendir(path) else { throw SystemError(call: "opendir", errorNumber: errno, path: path) }
        defer { closedir(folder) }
        var entries: [FolderEntry] = []
        while true {
            // The only way to tell the end from a failure.
            errno = 0
            guard let entry = readdir(folder) else {
                guard errno == 0 else { throw SystemError(call: "readdir", errorNumber: errno, path: path) }
                return entries
            }
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
            if name == Array(".".utf8) || name == Array("..".utf8) { continue }
            let kind = FolderEntry.Kind(directoryEntryType: Int(entry.pointee.d_type))
            entries.append(FolderEntry(name: name, kind: kind))
        }
    }
}

extension FolderEntry.Kind {
    fileprivate init(directoryEntryType type: Int) {
        switch type {
        case Int(DT_REG): self = .regularFile
        case Int(DT_DIR): self = .folder
        // A link may lead to anything, and some file systems don't say.
        case Int(DT_LNK): self = .link
        case Int(DT_UNKNOWN): self = .unknown
        default: self = .other
        }
    }
}
