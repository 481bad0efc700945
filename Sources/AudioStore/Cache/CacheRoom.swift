import Foundation
import Platform
import Synchronization

/// What a cache's folder may hold: removes what is too much, and what dead processes have left.
///
/// Counting takes a look at every file. So it is done after a twentieth of the limit was added, and then keeps a twentieth free.
final class CacheRoom: Sendable {
    private let folder: String
    /// Bytes of contents that stay there.
    let limit: Int64
    /// Bytes that were added since what lies there was last counted.
    private let added = Mutex(Int64(0))
    private static let slack: Int64 = 20
    /// Locks that nobody has touched for so long go, and tags whose contents have gone.
    private static let maximumAge: TimeInterval = 86_400

    init(folder: String, limit: Int64) {
        self.folder = folder
        self.limit = limit
    }

    /// Removes what is beyond the limit.
    func trim() { trim(to: limit) }

    /// Removes all that is not in use.
    func empty() { trim(to: 0) }

    /// Notes what was added, and makes room for more where it is due.
    func take(_ size: Int64) {
        let isDue = added.withLock { added in
            added += size
            guard added > limit / Self.slack else { return false }
            added = 0
            return true
        }
        if isDue { trim(to: limit - limit / Self.slack) }
    }

    /// Removes what is not in use, the least recently used first, until no more than so many bytes are left, and what
    /// dead processes have left. Somebody else's doing so at the same time does no harm.
    private func trim(to limit: Int64) {
        let keys: Set<URLResourceKey> = [.fileSizeKey, .contentModificationDateKey]
        guard
            let urls = try? FileManager.default.contentsOfDirectory(
                at: URL(filePath: folder), includingPropertiesForKeys: Array(keys))
        else { return }
        var contents: [(path: String, size: Int64, date: Date)] = []
        var tags: [Substring: String] = [:]
        for url in urls {
            let values = try? url.resourceValues(forKeys: keys)
            let date = values?.contentModificationDate ?? .distantPast
            let path = url.path(percentEncoded: false)
            switch url.pathExtension {
            case "part": Self.remove(path)
            case "lock" where date.timeIntervalSinceNow < -Self.maximumAge: Self.remove(path)
            case "tag" where date.timeIntervalSinceNow < -Self.maximumAge: tags[url.lastPathComponent.prefix(64)] = path
            case "" where url.lastPathComponent.count == 81:
                contents.append((path, Int64(values?.fileSize ?? 0), date))
            default: break
            }
        }
        for (path, _, _) in contents { tags[path.suffix(81).prefix(64)] = nil }
        for path in tags.values { Self.remove(path) }
        var total = contents.reduce(0) { $0 + $1.size }
        for each in contents.sorted(by: { $0.date < $1.date }) where total > limit {
            if Self.remove(each.path) { total -= each.size }
        }
    }

    /// Removes a file that nobody holds.
    @discardableResult
    private static func remove(_ path: String) -> Bool {
        guard let file = try? LockedFile(path: path, creation: .never), (try? file.lock()) == true, file.isInPlace
        else {
            return false
        }
        file.unlink()
        return true
    }
}
