import Testing

@testable import SpeechTranslation

@Suite struct TranslationGuardsTests {
    @Test(arguments: [
        ([1, 2, 3, 4, 5, 6, 7, 8], false), ([9, 9, 9, 9, 9, 9, 9], false), ([1, 9, 9, 9, 9, 9, 9, 9, 9, 2], true),
        ([1, 2, 1, 2, 1, 2, 1, 2, 1, 2], false), ([5, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2], true),
        // "No, no, no" with its commas, and a phrase four times over.
        ([7, 3, 7, 3, 7], false), ([4, 1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3, 5], true),
        ([1, 2, 3, 1, 2, 3, 1, 2, 3], false),
        ([], false),
    ])
    func repetition(tokens: [Int32], repeats: Bool) {
        #expect(TranslationGuards.repeatsItself(tokens) == repeats)
    }

    @Test func theBudgetGrowsWithTheAudio() {
        let guards = TranslationGuards()
        #expect(guards.budget(seconds: 0) == 16 && guards.budget(seconds: 10) == 136)
        #expect(guards.budget(seconds: -1) == 16)
    }
}
