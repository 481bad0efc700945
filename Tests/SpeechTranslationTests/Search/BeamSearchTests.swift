import Checkpoint
import Testing

@testable import SpeechTranslation

/// The search's rules one by one; the goldens have them together.
@Suite struct BeamSearchTests {
    /// The best tokens of rows: those given, then the rest of the vocabulary far behind.
    private func advance(_ search: inout BeamSearch, _ rows: [Int32: Float]...) {
        let best = rows.flatMap { row in
            var logits = [Float](repeating: -50, count: 12)
            for (token, score) in row { logits[Int(token)] = score }
            let ranked = logits.indices.sorted { (logits[$1], $0) < (logits[$0], $1) }
            return ranked.prefix(search.candidateCount).map { ScoredToken(token: Int32($0), score: logits[$0]) }
        }
        search.advance(best.span)
    }

    private func lastTokens(_ search: BeamSearch) -> [Int32] { (0..<2).map(search.lastToken(row:)) }

    @Test func theFirstStepBranchesFromOneBeam() {
        var search = BeamSearch(SearchSettingsTests.settings())
        advance(&search, [5: -1, 6: -2], [7: -0.1])
        #expect(search.parents == [0, 0])
        #expect(lastTokens(search) == [5, 6])
    }

    @Test func afterThePromptOneRowStandsForAll() {
        var (one, all) = (
            BeamSearch(SearchSettingsTests.settings(forcedFirstToken: 9)),
            BeamSearch(SearchSettingsTests.settings(forcedFirstToken: 9))
        )
        #expect(one.prompt == [2, 9] && lastTokens(one) == [9, 9])
        advance(&one, [5: -1, 6: -2])
        advance(&all, [5: -1, 6: -2], [5: -1, 6: -2])
        #expect(one.parents == all.parents)
        #expect(lastTokens(one) == [5, 6] && lastTokens(all) == [5, 6])
    }

    @Test func forcedTokensNeedNoScores() {
        #expect(BeamSearch(SearchSettingsTests.settings(maxLength: 2, forcedLastToken: 2)).isOver)
        var search = BeamSearch(SearchSettingsTests.settings(maxLength: 4, forcedFirstToken: 9, forcedLastToken: 2))
        advance(&search, [5: -1, 6: -2])
        #expect(search.isOver)
        #expect(search.result.best.tokens == [2, 9, 5, 2])
    }

    @Test func onlyTheFirstCandidatesMayFinish() {
        var search = BeamSearch(SearchSettingsTests.settings())
        advance(&search, [5: -1, 6: -2], [:])
        // The end is third among the candidates of two beams: it neither finishes nor goes on.
        advance(&search, [7: -1, 8: -1.1, 2: -1.2], [:])
        #expect(search.parents == [0, 0])
        #expect(lastTokens(search) == [7, 8])
        #expect(search.result.best.tokens == [2])
    }

    @Test func withEarlyStoppingTheSearchEndsWhenAllBeamsHaveFinished() {
        var search = BeamSearch(SearchSettingsTests.settings(earlyStopping: .yes))
        advance(&search, [5: -1, 6: -2], [:])
        advance(&search, [2: -0.1, 7: -0.5], [8: -3])
        #expect(!search.isOver)
        advance(&search, [2: -0.3, 9: -0.4], [9: -4])
        #expect(search.isOver)
        #expect(search.result.best.tokens == [2, 5, 2])
        #expect(abs(search.result.best.score - -1.1 / 2) < 1e-6)
    }

    @Test func theLongestLengthEndsEveryBeam() {
        var search = BeamSearch(SearchSettingsTests.settings(maxLength: 3))
        advance(&search, [5: -1, 6: -2], [:])
        advance(&search, [7: -1], [8: -1])
        #expect(search.isOver)
        #expect(search.result.best.tokens == [2, 5, 7])
    }

    @Test func theLengthPenaltyDividesByWhatWasGenerated() {
        var search = BeamSearch(SearchSettingsTests.settings(maxLength: 3, lengthPenalty: 2))
        advance(&search, [5: -1], [:])
        advance(&search, [2: -1], [:])
        #expect(search.result.best.score == -0.5)
        #expect(search.result.best.logProbability == -2)
    }
}
