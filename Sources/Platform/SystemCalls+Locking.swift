#if canImport(Glibc)
import Glibc
#endif

extension SystemCalls {
    /// Opens a file for reading and writing. A symbolic link is not followed; the descriptor is closed on `exec`.
    /// - Throws: ``SystemError``.
    static func openReadWrite(_ path: String, _ creation: LockedFile.Creation) throws(SystemError) -> Int32 {
        guard !path.utf8.contains(0) else { throw SystemError(call: "open", errorNumber: EINVAL, path: path) }
        let creates =
            switch creation {
            case .never: Int32(0)
            case .ifMissing: O_CREAT
            case .always: O_CREAT | O_EXCL
            }
        return try retrying("open", path) { open(path, O_RDWR | O_CLOEXEC | O_NOFOLLOW | creates, 0o600) }
    }

    /// Locks an open file (`flock`), without waiting. The lock goes with the last descriptor of this opening.
    /// - Returns: Whether nobody else holds it.
    /// - Throws: ``SystemError``.
    static func lock(_ descriptor: Int32, isShared: Bool, path: String) throws(SystemError) -> Bool {
        do throws(SystemError) {
            _ = try retrying("flock", path) { flock(descriptor, (isShared ? LOCK_SH : LOCK_EX) | LOCK_NB) }
            return true
        } catch {
            if error.errorNumber == EWOULDBLOCK { return false }
            throw error
        }
    }

    /// Makes a file shorter, or longer by zeros.
    /// - Throws: ``SystemError``.
    static func truncate(_ descriptor: Int32, to size: Int64, path: String) throws(SystemError) {
        _ = try retrying("ftruncate", path) { ftruncate(descriptor, Int(size)) }
    }

    /// Notes that a file was used now. Errors are ignored.
    static func touch(_ descriptor: Int32) { _ = futimens(descriptor, nil) }

    /// Makes a folder, and those it lies in; what is there stays.
    /// - Throws: ``SystemError``.
    public static func makeFolder(_ path: String) throws(SystemError) {
        var end = path.startIndex
        while end < path.endIndex {
            end = path[path.index(after: end)...].firstIndex(of: "/") ?? path.endIndex
            let folder = String(path[..<end])
            do throws(SystemError) {
                _ = try retrying("mkdir", folder) { mkdir(folder, 0o700) }
            } catch {
                if error.errorNumber != EEXIST { throw error }
            }
        }
    }

    /// Gives a file a second name that must not be there yet.
    /// - Returns: Whether it was not.
    /// - Throws: ``SystemError``.
    public static func link(_ path: String, as newPath: String) throws(SystemError) -> Bool {
        do throws(SystemError) {
            _ = try retrying("link", newPath) { Glibc.link(path, newPath) }
            return true
        } catch {
            if error.errorNumber == EEXIST { return false }
            throw error
        }
    }
}
