/// How good translations are: by direction, by group of languages, and next to what the XLS-R paper reports.
public struct EvaluationReport: Sendable, Encodable {
    /// What was evaluated.
    public struct System: Sendable, Encodable {
        /// What the report calls it.
        public let name: String
        /// The models that made the translations.
        public let models: [EvaluatedModel]
        /// What was asked of the search; empty for the checkpoint's own settings.
        public let decoding: [String: String]

        init(_ system: EvaluatedSystem) {
            name = system.name
            models = system.models
            decoding = system.results.header.decoding
        }
    }

    /// How the scores were made.
    public struct Signatures: Sendable, Encodable {
        /// Of BLEU, by tokenizer.
        public let bleu: [String: String]
        /// Of chrF2.
        public let chrf2: String
    }

    /// What was evaluated.
    public let system: System
    /// What it was compared with.
    public let baseline: System?
    /// The checkpoint's size by the paper's names; `nil` for other models.
    public let size: CheckpointSize?
    /// Recordings of the manifests that were scored.
    public let segments: Int
    /// Those of them that could not be translated, and count as empty translations.
    public let failed: Int
    /// Recordings of the manifests that there is no result of; they don't count.
    public let missing: Int
    /// How the scores were made.
    public let signatures: Signatures
    /// By direction, in the order of the paper's table.
    public let directions: [DirectionReport]
    /// Averages over directions.
    public let groups: [GroupReport]
    /// The translations that are least like their references by chrF2, worst first.
    public let worst: [WorstSegment]
    /// Where the time went.
    public let times: EvaluationTimes

    /// Scores translations.
    /// - Parameters:
    ///   - tokenizer: for all directions; `nil` for what CoVoST 2 is scored with in each target language.
    ///   - resampling: of the comparison with the baseline.
    ///   - worstCount: how many of the worst translations to show.
    /// - Throws: ``EvaluationError`` when there is nothing to score.
    public init(
        items: [EvaluationItem], system: EvaluatedSystem, baseline: EvaluatedSystem? = nil,
        tokenizer: BLEUTokenizer? = nil, resampling: Resampling = Resampling(), worstCount: Int = 10
    ) throws(EvaluationError) {
        let scored = items.compactMap { item -> ScoredItem? in
            guard let record = system.results.records[item.key] else { return nil }
            guard let baseline else { return ScoredItem(item: item, record: record, baseline: nil) }
            guard let other = baseline.results.records[item.key] else { return nil }
            return ScoredItem(item: item, record: record, baseline: other)
        }
        guard !scored.isEmpty else {
            throw EvaluationError(.nothingToScore, "no recording of the manifest has a result")
        }
        self.system = System(system)
        self.baseline = baseline.map(System.init)
        size = system.models.lazy.compactMap { CheckpointSize(modelName: $0.name) }.first
        segments = scored.count
        failed = scored.count { !$0.record.isSuccess }
        missing = items.count - scored.count
        let size = size
        let byDirection = Dictionary(grouping: scored, by: \.item.pair).sorted {
            $0.key.rank.lexicographicallyPrecedes($1.key.rank)
        }
        directions = byDirection.map { pair, items in
            DirectionReport(pair, items, tokenizer: tokenizer, resampling: resampling, size: size)
        }
        let names = Dictionary(
            uniqueKeysWithValues: Set(directions.map(\.tokenizer)).map { ($0.rawValue, $0) })
        let used = baseline == nil ? nil : resampling
        signatures = Signatures(
            bleu: names.mapValues { BLEU(tokenizer: $0).signature(resampling: used) },
            chrf2: CHRF().signature(resampling: used))
        groups = GroupReport.all(directions)
        worst = WorstSegment.find(scored, count: worstCount, tokenizer: tokenizer)
        times = EvaluationTimes(scored.map(\.record))
    }
}

extension LanguagePair {
    /// The place in the paper's table, then the codes.
    fileprivate var rank: [String] {
        func place(_ code: String) -> String {
            let index = SpokenLanguage.all.firstIndex { $0.code == code } ?? SpokenLanguage.all.count
            return "\(Character(UnicodeScalar(UInt8(65 + index))))\(code)"
        }
        return [place(source), place(target)]
    }
}
