import Foundation

#if canImport(Glibc)
import Glibc
#endif

/// What the system says of this process, under the names that all of Prometheus' clients use, and how much of its memory is
/// its own.
public enum ProcessMetrics {
    private static let startTime = MetricDescription(
        "process_start_time_seconds", .gauge, "When the process began, in seconds since 1970.")
    private static let processorTime = MetricDescription(
        "process_cpu_seconds_total", .counter, "Processor time of the process.")
    private static let memory = MetricDescription(
        "process_resident_memory_bytes", .gauge, "Memory of the process that is in RAM.")
    private static let descriptors = MetricDescription("process_open_fds", .gauge, "Open file descriptors.")
    private static let shared = MetricDescription(
        "dragoman_shared_memory_bytes", .gauge,
        "Resident pages of files, such as mapped weights, which all processes of a machine share.")
    private static let own = MetricDescription(
        "dragoman_private_memory_bytes", .gauge, "Resident memory that no other process shares.")

    /// As it is now. What can't be read is left out.
    public static var families: [MetricFamily] {
        var families: [MetricFamily] = []
        func add(_ description: MetricDescription, _ value: Double?) {
            if let value { families.append(MetricFamily(description, [MetricFamily.Sample(value)])) }
        }
        add(startTime, began)
        add(processorTime, processorSeconds)
        let pages = residentPages
        add(memory, pages.map { $0.resident * pageSize })
        add(shared, pages.map { $0.shared * pageSize })
        add(own, pages.map { max(0, $0.resident - $0.shared) * pageSize })
        add(descriptors, descriptorCount)
        return families
    }

    private static let pageSize = Double(sysconf(Int32(_SC_PAGESIZE)))

    /// The boot's time and the ticks since then: as precise as the kernel tells, and the same at every scrape.
    private static let began: Double? = {
        let ticks = Double(sysconf(Int32(_SC_CLK_TCK)))
        // Field 22; the second one, in parentheses, may hold anything.
        guard let stat = text("/proc/self/stat"), let end = stat.lastIndex(of: ")"),
            let boot = text("/proc/stat")?.split(separator: "\n").first(where: { $0.hasPrefix("btime ") }),
            let bootTime = Double(boot.dropFirst("btime ".count))
        else { return nil }
        let fields = stat[stat.index(after: end)...].split(separator: " ")
        guard fields.count > 19, let start = Double(fields[19]), ticks > 0 else { return nil }
        return bootTime + start / ticks
    }()

    private static var processorSeconds: Double? {
        var usage = rusage()
        guard getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage) == 0 else { return nil }
        return seconds(usage.ru_utime) + seconds(usage.ru_stime)
    }

    private static func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }

    /// Pages in RAM, and those of them that belong to files.
    private static var residentPages: (resident: Double, shared: Double)? {
        let fields = (text("/proc/self/statm") ?? "").split(separator: " ")
        guard fields.count > 2, let resident = Double(fields[1]), let shared = Double(fields[2]) else { return nil }
        return (resident, shared)
    }

    private static var descriptorCount: Double? {
        // The one that reads the folder is not counted.
        (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")).map { Double($0.count - 1) }
    }

    private static func text(_ path: String) -> String? {
        FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
    }
}
