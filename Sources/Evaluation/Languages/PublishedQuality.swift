/// What the XLS-R paper (Babu et al., 2021, arXiv 2111.09296) reports on the test sets of CoVoST 2.
public enum PublishedQuality {
    /// What the figures are.
    public static let title =
        "BLEU of the XLS-R paper (arXiv 2111.09296) on CoVoST 2's test sets, for the checkpoints 21-to-en and en-to-15"

    /// A figure of the paper.
    public struct Figure: Sendable, Hashable, Codable {
        /// BLEU of sacreBLEU.
        public let bleu: Double
        /// How well it is known here.
        public let evidence: Evidence

        /// Such as `37.6 r`.
        public var text: String { "\(bleu.fixed(1)) \(evidence.mark)" }
    }

    /// What a figure means to somebody who wants to use the direction.
    public enum Verdict: String, Sendable, Codable {
        /// Nobody would understand what was said: BLEU below 5.
        case unusable
        /// The gist at best: BLEU below 15.
        case poor
        /// BLEU of 15 or more.
        case usable

        init(bleu: Double) {
            self = bleu < 5 ? .unusable : bleu < 15 ? .poor : .usable
        }
    }

    /// The figure of a direction; `nil` where none is known.
    public static func figure(_ pair: LanguagePair, _ size: CheckpointSize) -> Figure? {
        if pair.target == "en" {
            let row = intoEnglish[size] ?? []
            guard let index = SpokenLanguage.all.firstIndex(where: { $0.code == pair.source }), index < row.count
            else { return nil }
            return Figure(bleu: row[index], evidence: .recalled)
        }
        guard pair.source == "en", size == .medium,
            let index = SpokenLanguage.fromEnglish.firstIndex(where: { $0.code == pair.target })
        else { return nil }
        return Figure(bleu: fromEnglish[index], evidence: .quoted)
    }

    /// The average of the directions into English from a group of languages, or from all 21.
    public static func averageIntoEnglish(_ resources: SpokenLanguage.Resources?, _ size: CheckpointSize) -> Figure? {
        guard let row = averages[size] else { return nil }
        let evidence: Evidence = size == .large ? .quoted : .recalled
        return switch resources {
        case .high: Figure(bleu: row[0], evidence: evidence)
        case .mid: Figure(bleu: row[1], evidence: evidence)
        case .low: Figure(bleu: row[2], evidence: evidence)
        case nil: Figure(bleu: row[3], evidence: evidence)
        }
    }

    /// The average of the fifteen directions from English.
    public static func averageFromEnglish(_ size: CheckpointSize) -> Figure? {
        switch size {
        case .small: nil
        case .medium: Figure(bleu: 26.0, evidence: .quoted)
        case .large: Figure(bleu: 27.8, evidence: .quoted)
        }
    }

    /// What the figure of a direction means; `nil` where none is known.
    public static func verdict(_ pair: LanguagePair, _ size: CheckpointSize) -> Verdict? {
        figure(pair, size).map { Verdict(bleu: $0.bleu) }
    }

    // In the order of `SpokenLanguage.all`.
    private static let intoEnglish: [CheckpointSize: [Double]] = [
        .small: [
            32.9, 26.7, 34.1, 28.7, 5.9, 29.0, 26.4, 28.3, 4.9, 4.6, 3.0, 3.5, 0.4, 22.0, 10.3, 6.0, 6.6, 0.2, 0.6, 1.4,
            2.5,
        ],
        .medium: [
            36.2, 31.2, 37.9, 31.9, 9.6, 33.1, 37.0, 39.3, 8.7, 12.8, 12.2, 8.3, 0.8, 28.2, 24.7, 16.0, 16.7, 0.3, 1.9,
            10.3, 8.1,
        ],
        .large: [
            37.6, 33.6, 39.2, 33.8, 12.9, 34.9, 39.5, 41.8, 9.4, 16.7, 17.1, 11.1, 1.6, 31.7, 29.6, 19.5, 19.6, 0.5,
            3.5, 16.5, 14.0,
        ],
    ]
    // High, mid, low and all.
    private static let averages: [CheckpointSize: [Double]] = [
        .small: [30.6, 18.9, 5.1, 13.2], .medium: [34.3, 25.5, 11.7, 19.3], .large: [36.1, 27.7, 15.1, 22.1],
    ]
    // XLS-R 1B, in the order of `SpokenLanguage.fromEnglish`.
    private static let fromEnglish = [
        19.2, 32.1, 31.8, 26.2, 22.4, 21.3, 30.3, 39.9, 22.0, 14.9, 25.4, 32.3, 18.1, 17.1, 36.7,
    ]
}
