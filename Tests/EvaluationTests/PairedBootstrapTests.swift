import TestSupport
import Testing

@testable import Evaluation

/// The samples are numpy's, and what is made of them is what sacreBLEU makes, but for its float32.
@Suite struct PairedBootstrapTests {
    private let goldens: ScoreGoldens

    init() throws { goldens = try ScoreGoldens.load() }

    @Test func drawsAreNumPys() {
        #expect(goldens.draws.count == 18)
        for draw in goldens.draws {
            var generator = NumPyGenerator(seed: draw.seed)
            #expect(draw.values.map { _ in generator.index(below: draw.bound) } == draw.values, "\(draw)")
        }
    }

    @Test(arguments: BLEUTokenizer.allCases)
    func oddTexts(_ tokenizer: BLEUTokenizer) throws {
        let expected = try #require(goldens.bootstrap[tokenizer.rawValue])
        let texts = try ["first", "second", "references"].map(ScoreGoldens.lines)
        try check(BLEU(tokenizer: tokenizer), texts, expected)
        try check(CHRF(), texts, expected)
    }

    @Test func demonstration() throws {
        let texts = try ["hf_greedy", "hf_beam5", "reference"].map(ScoreGoldens.samples)
        try check(BLEU(), texts, goldens.demoBootstrap)
        try check(CHRF(), texts, goldens.demoBootstrap)
    }

    private func check(
        _ metric: some TextMetric, _ texts: [[String]], _ expected: [String: ScoreGoldens.Bootstrap]
    ) throws {
        let expected = try #require(expected[metric.name])
        let counts = texts.prefix(2).map { CorpusCounts(metric, zip($0, texts[2]).map { ($0, $1) }) }
        let bootstrap = PairedBootstrap(metric, baseline: counts[0], resampling: Resampling())
        let outcome = bootstrap.compare(counts[1])
        #expect(metric.signature(resampling: Resampling()) == expected.signature)
        for (ours, theirs) in zip([bootstrap.baseline, outcome.estimate], expected.systems) {
            #expect(abs(ours.mean - theirs.mean) < 1e-4 && abs(ours.halfWidth - theirs.ci) < 1e-4, "\(metric.name)")
        }
        #expect(abs(outcome.difference - (expected.systems[1].score - expected.systems[0].score)) < 1e-9)
        // A sample may lie on the other side of the difference by rounding alone.
        #expect(abs(outcome.pValue - (expected.systems[1].pValue ?? .nan)) < 2.5 / 1001, "\(metric.name)")
    }

    @Test func aSystemDoesNotDifferFromItself() throws {
        let (texts, references) = (try ScoreGoldens.lines("first"), try ScoreGoldens.lines("references"))
        let counts = CorpusCounts(BLEU(), zip(texts, references).map { ($0, $1) })
        let outcome = PairedBootstrap(BLEU(), baseline: counts, resampling: Resampling(count: 50)).compare(counts)
        #expect(outcome.pValue == 1 && outcome.difference == 0)
    }

    @Test func anEstimateHolds95PerCent() {
        let estimate = ScoreEstimate((0..<1000).map { Double($0) }.shuffled())
        #expect(estimate.mean == 499.5 && estimate.halfWidth == (974.0 - 25.0) / 2)
        #expect(ScoreEstimate([3]).mean == 3 && ScoreEstimate([3]).halfWidth == 0)
    }
}
