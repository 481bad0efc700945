import Platform

extension MappedFile {
    /// Maps a file of a checkpoint; `nil` when it does not exist.
    static func ifPresent(_ path: String) throws(CheckpointError) -> MappedFile? {
        do {
            return try MappedFile(path: path)
        } catch  where error.isNotFound {
            return nil
        } catch {
            throw CheckpointError(.fileNotReadable, error.description, cause: error)
        }
    }

    /// Maps a file a checkpoint must have.
    static func required(_ path: String) throws(CheckpointError) -> MappedFile {
        guard let file = try ifPresent(path) else {
            throw CheckpointError(.fileNotFound, "\(path): no such file; a checkpoint needs it")
        }
        return file
    }
}
