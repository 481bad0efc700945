import Audio
import CommandSupport
import Compute
import Foundation
import Kafka

/// What this program is made of and what it found here.
struct BuildDescription: Encodable {
    struct Libraries: Encodable {
        var librdkafka = KafkaLibrary.version
        var libsndfile = AudioLibraries.sndfileVersion
        var libsoxr = AudioLibraries.soxrVersion
        /// Version and kernels.
        var openBLAS = ComputeContext.blasDescription.replacing("OpenBLAS ", with: "")

        enum CodingKeys: String, CodingKey {
            case librdkafka, libsndfile, libsoxr
            case openBLAS = "openblas"
        }
    }

    var version = Version.current
    var swift = Self.swiftVersion
    var operatingSystem = ProcessInfo.processInfo.operatingSystemVersionString
    var architecture = Self.architecture
    /// The kernels in use; `nil` when those that the environment asks for don't exist here.
    @Nullable var instructionSet: String?
    var libraries = Libraries()

    enum CodingKeys: String, CodingKey {
        case version, swift, architecture, libraries
        case operatingSystem = "operating_system"
        case instructionSet = "instruction_set"
    }

    init(environment: [String: String] = ProcessInfo.processInfo.environment) {
        instructionSet = try? InstructionSet.select(environment: environment).rawValue
    }

    /// Major and minor: the standard library does not tell its patch.
    private static var swiftVersion: String {
        "\(_SwiftStdlibVersion.current)".split(separator: ".").prefix(2).joined(separator: ".")
    }

    private static var architecture: String {
        #if arch(x86_64)
        "x86_64"
        #elseif arch(arm64)
        "arm64"
        #else
        "unknown"
        #endif
    }
}
