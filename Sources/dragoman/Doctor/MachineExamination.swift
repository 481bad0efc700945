import Audio
import CommandSupport
import Compute
import Foundation
import Kafka
import Platform

/// Looks at the machine and the libraries.
struct MachineExamination {
    let environment: [String: String]
    /// Threads that the settings ask for.
    let threads: Int?

    var findings: [DoctorFinding] { [program, processor, processors, linearAlgebra, kafka, audio] }

    private var program: DoctorFinding {
        let build = BuildDescription(environment: environment)
        return DoctorFinding(
            "version", .ok,
            "\(build.version), Swift \(build.swift), \(build.operatingSystem), \(build.architecture)")
    }

    private var processor: DoctorFinding {
        let description = ProcessorDescription.current
        let features = description.features.sorted().joined(separator: " ")
        let seen = "\(description.name ?? "unknown") (\(features.isEmpty ? "no known extensions" : features))"
        do {
            let chosen = try InstructionSet.select(environment: environment)
            let isBest = chosen == InstructionSet.available.last && chosen != .baseline
            return DoctorFinding(
                "processor", isBest ? .ok : .warning, "\(seen); kernels: \(chosen.rawValue)",
                advice: isBest ? nil : slowKernelsAdvice)
        } catch {
            return DoctorFinding(
                "processor", .failed, "\(seen); \(error)",
                advice: "unset \(InstructionSet.environmentVariable), or set it to one of these")
        }
    }

    private var slowKernelsAdvice: String {
        InstructionSet.available.count > 1
            ? "unset \(InstructionSet.environmentVariable): faster kernels are there"
            : "there are no faster kernels for this processor"
    }

    private var processors: DoctorFinding {
        let (available, online) = (Processors.available, Processors.online)
        let quota = Processors.quota.map { "the cgroup allows \($0)" } ?? "no cgroup quota"
        let detail = "\(available) usable of \(online), \(quota)"
        guard let threads, threads > available else { return DoctorFinding("processors", .ok, detail) }
        return DoctorFinding(
            "processors", .warning, "\(detail); threads: \(threads)", advice: "set threads to \(available) at most")
    }

    private var linearAlgebra: DoctorFinding {
        DoctorFinding("OpenBLAS", .ok, BuildDescription.Libraries().openBLAS)
    }

    private var kafka: DoctorFinding {
        DoctorFinding("librdkafka", .ok, "\(KafkaLibrary.version), \(KafkaLibrary.features.joined(separator: " "))")
    }

    private var audio: DoctorFinding {
        let containers = AudioLibraries.containers
        let readable = containers.filter(\.isReadable).map(\.name).joined(separator: " ")
        let missing = containers.filter { !$0.isReadable }.map(\.name).joined(separator: ", ")
        let libraries = "libsndfile \(AudioLibraries.sndfileVersion), libsoxr \(AudioLibraries.soxrVersion)"
        return missing.isEmpty
            ? DoctorFinding("audio", .ok, "\(libraries); reads \(readable)")
            : DoctorFinding(
                "audio", .warning, "\(libraries); reads \(readable), not \(missing)",
                advice: "install libsndfile 1.1 or later, built with all its codecs")
    }
}
