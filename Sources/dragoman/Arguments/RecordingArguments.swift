import ArgumentParser
import Evaluation

/// Which recordings of the manifests are meant.
struct RecordingArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Where relative paths begin; itself, where it is relative, at the manifest's folder. (default: there)",
            valueName: "folder"))
    var clips: String?

    @Option(help: ArgumentHelp("Spoken language, where the manifest does not say.", valueName: "language"))
    var source: String?

    @Option(help: ArgumentHelp("Lines of this split alone, by the column split.", valueName: "name"))
    var split: String?

    @Option(help: ArgumentHelp("At most so many recordings of each direction, the first ones.", valueName: "number"))
    var limit: Int?

    func validate() throws {
        if let limit, limit < 1 { throw ValidationError("--limit: expected 1 recording or more") }
    }

    /// Reads manifests.
    /// - Throws: `EvaluationError`, `SystemError`, or `ValidationError` where two have the same recording.
    func items(_ manifests: [String], target: String?) throws -> [EvaluationItem] {
        let defaults = EvaluationManifest.Defaults(source: source, target: target, clips: clips, split: split)
        var keys: Set<String> = []
        var counts: [LanguagePair: Int] = [:]
        var items: [EvaluationItem] = []
        for path in manifests {
            for item in try EvaluationManifest(path: path, defaults: defaults).items {
                guard keys.insert(item.key).inserted else {
                    throw ValidationError("\(path): '\(item.key)' is in another manifest too")
                }
                counts[item.pair, default: 0] += 1
                if let limit, counts[item.pair, default: 0] > limit { continue }
                items.append(item)
            }
        }
        return items
    }
}
