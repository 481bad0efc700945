import Testing

@testable import Segmentation

@Suite struct SpeechTrackerTests {
    private func stretches(_ probabilities: [Float], _ options: SpeechActivityOptions = .init()) -> [Range<Int>] {
        var tracker = SpeechTracker(options)
        for probability in probabilities { tracker.append(probability) }
        tracker.finish()
        return tracker.stretches
    }

    private func windows(_ pairs: (Float, Int)...) -> [Float] {
        pairs.flatMap { [Float](repeating: $0.0, count: $0.1) }
    }

    @Test func aStretchEndsWithEnoughSilence() {
        // The fifth window of silence is the first that begins 100 ms after the first.
        #expect(stretches(windows((0, 5), (0.9, 20), (0, 4), (0.9, 20), (0, 5), (0.9, 20))) == [5..<49, 54..<74])
    }

    @Test func whatIsTooShortIsNoSpeech() {
        #expect(stretches(windows((0.9, 7), (0, 10))).isEmpty)
        #expect(stretches(windows((0.9, 8), (0, 10))) == [0..<8])
    }

    @Test func betweenTheThresholdsNothingChanges() {
        #expect(stretches(windows((0.4, 10), (0.6, 10), (0.4, 50), (0.2, 10))) == [10..<70])
        let strict = SpeechActivityOptions(negativeThreshold: 0.45)
        #expect(stretches(windows((0.4, 10), (0.6, 10), (0.4, 50), (0.2, 10)), strict) == [10..<20])
    }

    @Test func thresholdsAreTheCallers() {
        let options = SpeechActivityOptions(threshold: 0.2, minSpeech: 0, minSilence: 0)
        #expect(stretches(windows((0.1, 3), (0.3, 2), (0.01, 1), (0.3, 1)), options) == [3..<5, 6..<7])
    }
}
