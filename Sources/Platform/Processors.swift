import FoundationEssentials

#if canImport(Glibc)
import Glibc
#endif

/// How many processors this process may really use.
public enum Processors {
    /// Processors of the affinity mask, cut down to the cgroup's CPU quota (version 2, then version 1), at least one.
    ///
    /// OpenBLAS and `sysconf` see the whole host inside a container; thread pools must be sized by this instead.
    public static var available: Int {
        guard let quota else { return online }
        return max(1, min(online, Int(quota.rounded(.up))))
    }

    /// Processors of the affinity mask.
    public static var online: Int { max(1, ProcessInfo.processInfo.activeProcessorCount) }

    /// The cgroup's CPU quota in processors; `nil` without a limit.
    public static var quota: Double? {
        if let text = smallFile("/sys/fs/cgroup/cpu.max") { return quota(cpuMax: text) }
        guard
            let quota = smallFile("/sys/fs/cgroup/cpu/cpu.cfs_quota_us").flatMap({ Double($0.trimmed) }), quota > 0,
            let period = smallFile("/sys/fs/cgroup/cpu/cpu.cfs_period_us").flatMap({ Double($0.trimmed) }), period > 0
        else { return nil }
        return quota / period
    }

    /// Parses cgroup v2's `cpu.max` ("max 100000" or "150000 100000") into processors; `nil` without a limit.
    static func quota(cpuMax text: String) -> Double? {
        let fields = text.split(whereSeparator: \.isWhitespace)
        guard fields.count == 2, let quota = Double(fields[0]), let period = Double(fields[1]), period > 0 else {
            return nil
        }
        return quota / period
    }

    private static func smallFile(_ path: String) -> String? {
        guard let descriptor = try? SystemCalls.openReadOnly(path) else { return nil }
        defer { SystemCalls.close(descriptor) }
        var buffer = [UInt8](repeating: 0, count: 256)
        let count = read(descriptor, &buffer, buffer.count)
        return count > 0 ? String(decoding: buffer[..<count], as: UTF8.self) : nil
    }
}

extension String {
    fileprivate var trimmed: Substring {
        Substring(self).prefix { !$0.isNewline && $0 != " " }
    }
}
