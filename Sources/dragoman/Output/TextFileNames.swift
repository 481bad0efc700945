/// Names for one text file per recording, made from the recordings' own: `talk.wav` gives `talk.txt`.
///
/// Where several would get the same name, each of them has its position in the batch, from 1, in it: `talk.3.txt` and
/// `talk.8.txt`; where that is taken too, its job's id. So the names depend on nothing but the batch.
struct TextFileNames {
    /// What a name is made from.
    struct Source {
        /// Path or URI of the recording.
        let fileName: String
        /// Position in the batch, from 0.
        let batchIndex: UInt32
        let jobID: String
    }

    /// As many as there were sources, in the same order, all different.
    let names: [String]

    /// Bytes of a name without what is added to it; file systems allow 255.
    private static let stemLength = 100

    /// - Parameter suffix: what the names end in, without the dot.
    init(_ sources: [Source], suffix: String = "txt") {
        let stems = sources.map(Self.stem)
        var counts: [String: Int] = [:]
        for stem in stems { counts[stem, default: 0] += 1 }
        var taken = Set(stems.filter { counts[$0] == 1 })
        names = zip(sources, stems).map { source, stem in
            guard counts[stem] != 1 else { return "\(stem).\(suffix)" }
            var name = "\(stem).\(UInt64(source.batchIndex) + 1)"
            if !taken.insert(name).inserted {
                name += ".\(source.jobID)"
                taken.insert(name)
            }
            return "\(name).\(suffix)"
        }
    }

    /// The last part of the path without its extension, and nothing that would lead elsewhere.
    private static func stem(_ source: Source) -> String {
        let isPath = source.fileName.hasPrefix("/")
        // What follows the path of a URI is often a signature.
        let path = isPath ? source.fileName[...] : source.fileName.prefix { $0 != "?" && $0 != "#" }
        var name = path.split(separator: "/").last ?? ""
        if let dot = name.lastIndex(of: "."), dot > name.startIndex { name = name[..<dot] }
        var stem = String(name).onOneLine
        while stem.utf8.count > stemLength { stem.removeLast() }
        return stem.isEmpty || stem.allSatisfy { $0 == "." } ? source.jobID : stem
    }
}
