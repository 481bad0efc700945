import Checkpoint
import Testing

@testable import SpeechTranslation

@Suite struct SearchSettingsTests {
    static func settings(
        beams: Int = 2, maxLength: Int = 6, earlyStopping: EarlyStopping = .yes, noRepeatNgramSize: Int = 0,
        forcedFirstToken: Int32? = nil, forcedLastToken: Int32? = nil, lengthPenalty: Float = 1
    ) -> SearchSettings {
        SearchSettings(
            beams: beams, maxLength: maxLength, lengthPenalty: lengthPenalty, earlyStopping: earlyStopping,
            noRepeatNgramSize: noRepeatNgramSize, startToken: 2, forcedFirstToken: forcedFirstToken,
            forcedLastToken: forcedLastToken, endTokens: [2], vocabularySize: 12)
    }

    @Test func theLanguageIsForcedFirstAndTheEndLast() {
        let settings = Self.settings(maxLength: 5, forcedFirstToken: 9, forcedLastToken: 2)
        #expect((1...4).map(settings.forcedToken(length:)) == [9, nil, nil, 2])
        // Where both apply, the end wins.
        #expect(Self.settings(maxLength: 2, forcedFirstToken: 9, forcedLastToken: 2).forcedToken(length: 1) == 2)
    }

    @Test func tokensThatWouldRepeatAnNgramAreBanned() {
        #expect(Self.settings(noRepeatNgramSize: 0).bannedTokens(after: [2, 5, 5][...]) == [])
        #expect(Self.settings(noRepeatNgramSize: 1).bannedTokens(after: [2, 5, 6][...]) == [2, 5, 6])
        #expect(Self.settings(noRepeatNgramSize: 2).bannedTokens(after: [2, 5, 6, 5][...]) == [6])
        #expect(Self.settings(noRepeatNgramSize: 2).bannedTokens(after: [2, 5, 6][...]) == [])
        #expect(Self.settings(noRepeatNgramSize: 3).bannedTokens(after: [2, 5, 6, 7, 5, 6, 8, 5, 6][...]) == [7, 8])
        #expect(Self.settings(noRepeatNgramSize: 4).bannedTokens(after: [2][...]) == [])
    }
}
