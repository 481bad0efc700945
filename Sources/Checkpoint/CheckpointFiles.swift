import Platform

/// Where a checkpoint's files are.
enum CheckpointFiles: Sendable {
    /// In a directory, as published.
    case directory(String)
    /// In one packed file.
    case packed(PackedFile)

    /// Looks what a path is.
    init(path: String) throws(CheckpointError) {
        let status: FileStatus
        do {
            status = try SystemCalls.status(path: path)
        } catch  where error.isNotFound {
            throw CheckpointError(
                .fileNotFound, "\(path): no such file or folder; expected a checkpoint's folder or a packed file")
        } catch {
            throw CheckpointError(.fileNotReadable, error.description, cause: error)
        }
        self = status.isRegularFile ? .packed(try PackedFile(try .required(path))) : .directory(path)
    }

    /// A file; `nil` when there is none of that name.
    func contents(_ name: String) throws(CheckpointError) -> FileContents? {
        switch self {
        case .directory(let path): try MappedFile.ifPresent(path + "/" + name).map(FileContents.init)
        case .packed(let packed): packed.contents(of: name)
        }
    }

    /// A file that a checkpoint must have.
    func required(_ name: String) throws(CheckpointError) -> FileContents {
        if let contents = try contents(name) { return contents }
        let path =
            switch self {
            case .directory(let path): path
            case .packed(let packed): packed.file.path
            }
        throw CheckpointError(.fileNotFound, "\(path)/\(name): no such file; a checkpoint needs it")
    }
}
