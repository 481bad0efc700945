import Checkpoint
import Testing

@testable import SpeechTranslation

/// The search's rules one by one; the goldens have them together.
@Suite struct BeamSearchTests {
    /// Scores of a row: the tokens given, the rest of the vocabulary far behind.
    private func row(_ scores: [Int32: Float], count: Int = 4) -> TokenScores {
        var logits = [Float](repeating: -50, count: 12)
        for (token, score) in scores { logits[Int(token)] = score }
        let ranked = logits.indices.sorted { (logits[$1], $0) < (logits[$0], $1) }.prefix(count)
        return TokenScores(best: ranked.map { ScoredToken(token: Int32($0), score: logits[$0]) }, isFinite: true)
    }

    @Test func theFirstStepBranchesFromOneBeam() {
        var search = BeamSearch(SearchSettingsTests.settings())
        let parents = search.advance([row([5: -1, 6: -2]), row([7: -0.1])])
        #expect(parents == [0, 0])
        #expect(search.lastTokens == [5, 6])
    }

    @Test func aForcedTokenNeedsNoScores() {
        var search = BeamSearch(SearchSettingsTests.settings(forcedFirstToken: 9))
        guard case .nothing = search.demand else {
            Issue.record("the first token is forced")
            return
        }
        #expect(search.advance(nil) == [0, 1])
        #expect(search.lastTokens == [9, 9])
    }

    @Test func onlyTheFirstCandidatesMayFinish() {
        var search = BeamSearch(SearchSettingsTests.settings())
        _ = search.advance([row([5: -1, 6: -2]), row([:])])
        // The end is third among the candidates of two beams: it neither finishes nor goes on.
        let parents = search.advance([row([7: -1, 8: -1.1, 2: -1.2]), row([:])])
        #expect(parents == [0, 0])
        #expect(search.lastTokens == [7, 8])
        #expect(search.result.tokens == [2])
    }

    @Test func withEarlyStoppingTheSearchEndsWhenAllBeamsHaveFinished() {
        var search = BeamSearch(SearchSettingsTests.settings(earlyStopping: .yes))
        _ = search.advance([row([5: -1, 6: -2]), row([:])])
        #expect(search.advance([row([2: -0.1, 7: -0.5]), row([8: -3])]) != nil)
        #expect(search.advance([row([2: -0.3, 9: -0.4]), row([9: -4])]) == nil)
        #expect(search.result.tokens == [2, 5, 2])
        #expect(abs(search.result.score - -1.1 / 2) < 1e-6)
    }

    @Test func theLongestLengthEndsEveryBeam() {
        var search = BeamSearch(SearchSettingsTests.settings(maxLength: 3))
        _ = search.advance([row([5: -1, 6: -2]), row([:])])
        #expect(search.advance([row([7: -1]), row([8: -1])]) == nil)
        #expect(search.result.tokens == [2, 5, 7])
    }

    @Test func theLengthPenaltyDividesByWhatWasGenerated() {
        var search = BeamSearch(SearchSettingsTests.settings(maxLength: 3, lengthPenalty: 2))
        _ = search.advance([row([5: -1]), row([:])])
        _ = search.advance([row([2: -1]), row([:])])
        #expect(search.result.score == -0.5)
        #expect(search.result.logProbability == -2)
    }
}
