import Testing

@testable import Evaluation

@Suite struct PublishedQualityTests {
    /// The only check that could be made of the recalled figures: they agree with the averages, of which those of 2B are
    /// quoted.
    @Test(arguments: CheckpointSize.allCases)
    func figuresMakeTheAverages(_ size: CheckpointSize) throws {
        for resources in SpokenLanguage.Resources.allCases.map(Optional.init) + [nil] {
            let languages = SpokenLanguage.all.filter {
                $0.code != "en" && (resources == nil || $0.resources == resources)
            }
            let figures = languages.compactMap {
                PublishedQuality.figure(LanguagePair(source: $0.code, target: "en"), size)?.bleu
            }
            #expect(figures.count == languages.count)
            let average = try #require(PublishedQuality.averageIntoEnglish(resources, size))
            #expect(abs(figures.mean - average.bleu) <= 0.0501, "\(size) \(String(describing: resources))")
        }
    }

    @Test func groupsAreThePapers() {
        let counts = SpokenLanguage.Resources.allCases.map { group in
            SpokenLanguage.all.count { $0.resources == group }
        }
        #expect(counts == [4, 5, 12] && SpokenLanguage.all.count == 22 && SpokenLanguage.fromEnglish.count == 15)
    }

    @Test func fromEnglish() {
        let figures = SpokenLanguage.fromEnglish.map {
            PublishedQuality.figure(LanguagePair(source: "en", target: $0.code), .medium)
        }
        #expect(abs(figures.compactMap { $0?.bleu }.mean - 26.0) <= 0.05)
        #expect(figures.allSatisfy { $0?.evidence == .quoted })
        #expect(PublishedQuality.figure(LanguagePair(source: "en", target: "de"), .large) == nil)
        #expect(PublishedQuality.figure(LanguagePair(source: "fr", target: "de"), .medium) == nil)
    }

    @Test func whatIsUnusable() {
        func unusable(_ size: CheckpointSize) -> [String] {
            SpokenLanguage.all.map(\.code).filter {
                PublishedQuality.verdict(LanguagePair(source: $0, target: "en"), size) == .unusable
            }
        }
        #expect(unusable(.small) == ["zh", "tr", "ar", "et", "mn", "ta", "ja", "id", "cy"])
        #expect(unusable(.medium) == ["mn", "ta", "ja"] && unusable(.large) == ["mn", "ta", "ja"])
        #expect(PublishedQuality.verdict(LanguagePair(source: "cy", target: "en"), .large) == .poor)
    }

    @Test func sizesByName() {
        #expect(CheckpointSize(modelName: "wav2vec2-xls-r-300m-21-to-en") == .small)
        #expect(CheckpointSize(modelName: "Wav2Vec2-XLS-R-1B-en-to-15-int8") == .medium)
        #expect(CheckpointSize(modelName: "wav2vec2-xls-r-2b-22-to-16") == .large)
        #expect(CheckpointSize(modelName: "model-2b") == nil && CheckpointSize(modelName: "xls-r-12b") == nil)
    }
}
