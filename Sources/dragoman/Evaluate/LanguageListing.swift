import Evaluation
import Tokenization

/// What can be translated into what, with the paper's figures.
struct LanguageListing {
    private struct Target {
        let code: String
        let token: Int32?
        let tokenName: String?
    }

    private let model: String?
    /// The model's size; `nil` for all.
    private let size: CheckpointSize?
    /// Whether the model is one of the published ones, or all of them are meant.
    private let isPublished: Bool
    private let targets: [Target]

    /// All published checkpoints.
    init() {
        (model, size, isPublished) = (nil, nil, true)
        let codes = ["en"] + SpokenLanguage.fromEnglish.map(\.code)
        targets = codes.map { Target(code: $0, token: nil, tokenName: nil) }
    }

    /// One model.
    init(model: String, targets: [TargetLanguage], tokenName: (Int32) -> String?) {
        self.model = model
        size = CheckpointSize(modelName: model)
        isPublished = size != nil
        self.targets = targets.map {
            Target(code: $0.code, token: $0.tokenID, tokenName: tokenName($0.tokenID))
        }
    }

    private var sizes: [CheckpointSize] { size.map { [$0] } ?? CheckpointSize.allCases }

    /// Into English where that is a target, then from English where there are others.
    private var directions: [LanguagePair] {
        let intoEnglish = targets.contains { $0.code == "en" }
        let sources = SpokenLanguage.all.filter { $0.code != "en" && intoEnglish }
        return sources.map { LanguagePair(source: $0.code, target: "en") }
            + targets.filter { $0.code != "en" }.map { LanguagePair(source: "en", target: $0.code) }
    }

    var json: String {
        var object = JSONText()
        object.add("model", model)
        object.add("size", size?.rawValue)
        object.add("targets", targets) { target, object in
            object.add("code", target.code)
            object.add("name", SpokenLanguage.name(target.code))
            object.add("token", target.token)
        }
        object.add("directions", isPublished ? directions : []) { pair, object in
            object.add("source", pair.source)
            object.add("target", pair.target)
            object.add("source_name", SpokenLanguage.name(pair.source))
            object.add("target_name", SpokenLanguage.name(pair.target))
            object.add("resources", SpokenLanguage(code: pair.source)?.resources?.rawValue)
            object.add("published", sizes.filter { PublishedQuality.figure(pair, $0) != nil }) { size, object in
                let figure = PublishedQuality.figure(pair, size)
                object.add("size", size.rawValue)
                object.add("bleu", figure?.bleu)
                object.add("evidence", figure?.evidence.rawValue)
                object.add("verdict", PublishedQuality.verdict(pair, size)?.rawValue)
            }
        }
        return object.text
    }

    var lines: [String] {
        var lines: [String] = []
        if let model { lines += ["\(model) translates into"] + targetLines + [""] }
        guard isPublished else {
            return lines + ["Nothing is published of what it translates from, and how well."]
        }
        let (into, from) = (directions.filter { $0.target == "en" }, directions.filter { $0.source == "en" })
        if !into.isEmpty {
            lines +=
                ["INTO ENGLISH"] + table(into, resources: true) { PublishedQuality.averageIntoEnglish(nil, $0) } + [""]
        }
        if !from.isEmpty {
            lines += ["FROM ENGLISH"] + table(from, resources: false, PublishedQuality.averageFromEnglish) + [""]
        }
        lines.append(PublishedQuality.title)
        return lines + Evidence.allCases.map { "\($0.mark): \($0.explanation)" }
    }

    private var targetLines: [String] {
        var table = TextTable([("CODE", .left), ("LANGUAGE", .left), ("TOKEN", .right), ("", .left)])
        for target in targets {
            // Welsh, Catalan and Latvian go by the tokens of others.
            let isOwn = target.tokenName?.hasPrefix(target.code + "_") ?? true
            table.add([
                target.code, SpokenLanguage.name(target.code), target.token.map(String.init) ?? "",
                isOwn ? "" : "mBART-50's \(target.tokenName ?? "")",
            ])
        }
        return table.lines
    }

    private func table(
        _ pairs: [LanguagePair], resources: Bool, _ average: (CheckpointSize) -> PublishedQuality.Figure?
    ) -> [String] {
        var columns: [(title: String, alignment: TextTable.Alignment)] = [("CODE", .left), ("LANGUAGE", .left)]
        if resources { columns.append(("RESOURCES", .left)) }
        columns += sizes.map { (title: $0.rawValue, alignment: .right) } + [(title: "", alignment: .left)]
        var table = TextTable(columns)
        for pair in pairs {
            let code = pair.target == "en" ? pair.source : pair.target
            var row = [code, SpokenLanguage.name(code)]
            if resources { row.append(SpokenLanguage(code: code)?.resources?.rawValue ?? "") }
            row += sizes.map { PublishedQuality.figure(pair, $0)?.text ?? "-" } + [warning(pair)]
            table.add(row)
        }
        var row = ["", "average"] + (resources ? [""] : [])
        row += sizes.map { average($0)?.text ?? "-" } + [""]
        table.add(row)
        return table.lines
    }

    /// Such as `unusable with 0.3B and 1B, poor with 2B`.
    private func warning(_ pair: LanguagePair) -> String {
        let verdicts: [PublishedQuality.Verdict] = [.unusable, .poor]
        return verdicts.compactMap { verdict in
            let names = sizes.filter { PublishedQuality.verdict(pair, $0) == verdict }.map(\.rawValue)
            guard let last = names.last else { return nil }
            let list = names.count > 1 ? "\(names.dropLast().joined(separator: ", ")) and \(last)" : last
            return size == nil ? "\(verdict.rawValue) with \(list)" : verdict.rawValue
        }.joined(separator: ", ")
    }
}
