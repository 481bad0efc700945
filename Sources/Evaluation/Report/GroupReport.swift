/// Averages of the scores of several directions, each direction counting the same.
public struct GroupReport: Sendable, Encodable {
    /// `high`, `mid`, `low` and `into English`, or `from English`.
    public let name: String
    /// How many directions there were.
    public let directions: Int
    /// How many the paper's average is over.
    public let publishedDirections: Int
    /// Average BLEU.
    public let bleu: Double
    /// Average chrF2.
    public let chrf2: Double
    /// Average BLEU of the baseline.
    public let baselineBLEU: Double?
    /// The paper's averages.
    public let published: [DirectionReport.Published]

    private init?(
        _ name: String, _ directions: [DirectionReport], of publishedDirections: Int,
        _ figure: (CheckpointSize) -> PublishedQuality.Figure?
    ) {
        guard !directions.isEmpty else { return nil }
        self.name = name
        self.directions = directions.count
        self.publishedDirections = publishedDirections
        bleu = directions.map(\.bleu).mean
        chrf2 = directions.map(\.chrf2).mean
        let baselines = directions.compactMap(\.bleuComparison?.baseline)
        baselineBLEU = baselines.count == directions.count ? baselines.mean : nil
        published = CheckpointSize.allCases.compactMap { size in
            figure(size).map { DirectionReport.Published(size: size, bleu: $0.bleu, evidence: $0.evidence) }
        }
    }

    /// The groups that there are directions of.
    static func all(_ directions: [DirectionReport]) -> [GroupReport] {
        let intoEnglish = directions.filter { $0.direction.target == "en" && $0.resources != nil }
        let groups = SpokenLanguage.Resources.allCases.map { resources in
            GroupReport(
                resources.rawValue, intoEnglish.filter { $0.resources == resources },
                of: SpokenLanguage.all.count { $0.resources == resources }
            ) { PublishedQuality.averageIntoEnglish(resources, $0) }
        }
        let all = GroupReport("into English", intoEnglish, of: SpokenLanguage.all.count - 1) {
            PublishedQuality.averageIntoEnglish(nil, $0)
        }
        let codes = Set(SpokenLanguage.fromEnglish.map(\.code))
        let fromEnglish = GroupReport(
            "from English", directions.filter { $0.direction.source == "en" && codes.contains($0.direction.target) },
            of: codes.count, PublishedQuality.averageFromEnglish)
        return (groups + [all, fromEnglish]).compactMap(\.self)
    }
}

extension Array where Element == Double {
    /// 0 of nothing.
    var mean: Double { isEmpty ? 0 : reduce(0, +) / Double(count) }
}
