/// What the kernel says of the processor.
public struct ProcessorDescription: Sendable, Hashable {
    /// The maker's name for it, where the kernel tells.
    public let name: String?
    /// Its extensions that matter to number crunching, by the kernel's names.
    public let features: [String]

    private static let interesting: Set<String> = [
        "avx2", "fma", "f16c", "avx512f", "avx512bw", "avx512_vnni", "avx512_bf16", "avx_vnni", "amx_bf16", "amx_int8",
        "asimd", "asimdhp", "asimddp", "bf16", "i8mm", "sve", "sve2",
    ]

    /// This machine's processor, going by `/proc/cpuinfo`.
    public static var current: ProcessorDescription {
        // The first processor's entry stands at the beginning.
        let bytes = (try? OpenFile(path: "/proc/cpuinfo").bytes(at: 0, count: 1 << 16)) ?? []
        return ProcessorDescription(cpuinfo: String(decoding: bytes, as: UTF8.self))
    }

    init(cpuinfo: String) {
        var name: String?
        var features: [String] = []
        for line in cpuinfo.split(separator: "\n") {
            guard let colon = line.firstIndex(of: ":") else { continue }
            let key = line[..<colon].split(whereSeparator: \.isWhitespace).joined(separator: " ")
            let words = line[line.index(after: colon)...].split(whereSeparator: \.isWhitespace).map(String.init)
            switch key {
            case "model name" where name == nil: name = words.joined(separator: " ")
            case "flags" where features.isEmpty, "Features" where features.isEmpty:
                features = words.filter(Self.interesting.contains)
            default: continue
            }
        }
        self.name = name
        self.features = features
    }
}
