import TestSupport
import Testing

@testable import Segmentation

@Suite struct SegmenterTests {
    private static let methods: [SegmentationOptions.Method] = [.pauses, .divideAndConquer, .fixed]

    private func spans(_ probabilities: [Float], _ options: SegmentationOptions, atATime: Int = 100) -> [WindowSpan] {
        var segmenter = Segmenter(options)
        var spans: [WindowSpan] = []
        for start in stride(from: 0, to: probabilities.count, by: atATime) {
            segmenter.append(probabilities[start..<min(start + atATime, probabilities.count)])
            while let span = segmenter.next() { spans.append(span) }
        }
        segmenter.finish()
        while let span = segmenter.next() { spans.append(span) }
        return spans
    }

    /// Speech and pauses of random lengths, with blips and dips in both.
    private func conversation(_ seed: UInt64, windows: Int) -> [Float] {
        var generator = SplitMix64(seed: seed)
        var probabilities: [Float] = []
        var isSpeech = false
        while probabilities.count < windows {
            let length = Int.random(in: isSpeech ? 5...900 : 2...120, using: &generator)
            for _ in 0..<length {
                let isOdd = Int.random(in: 0..<40, using: &generator) == 0
                let range: ClosedRange<Float> = isSpeech != isOdd ? 0.7...1 : 0...0.2
                probabilities.append(Float.random(in: range, using: &generator))
            }
            isSpeech.toggle()
        }
        return Array(probabilities.prefix(windows))
    }

    @Test(arguments: methods, [1, 2, 3, 4, 5])
    func spansCoverEverythingOnce(method: SegmentationOptions.Method, seed: UInt64) {
        let options = SegmentationOptions(method: method)
        let probabilities = conversation(seed, windows: 20_000)
        let spans = spans(probabilities, options)
        var place = 0
        for span in spans {
            #expect(span.range.lowerBound == place && !span.range.isEmpty)
            place = span.range.upperBound
            if span.isSpeech { #expect(Double(span.range.count) * 0.032 <= options.maxLength) }
        }
        #expect(place == probabilities.count)
        // Every stretch of speech is in a segment.
        var tracker = SpeechTracker(options.activity)
        for probability in probabilities { tracker.append(probability) }
        tracker.finish()
        let segments = spans.filter(\.isSpeech).flatMap(\.range)
        let covered = Set(segments)
        let missed = tracker.stretches.flatMap { $0 }.filter { !covered.contains($0) }
        #expect(missed.isEmpty, "\(missed.count) windows of speech are in no segment")
    }

    @Test(arguments: methods)
    func howProbabilitiesComeChangesNothing(method: SegmentationOptions.Method) {
        let options = SegmentationOptions(method: method)
        let probabilities = conversation(7, windows: 12_000)
        let whole = joined(spans(probabilities, options, atATime: 12_000))
        for size in [1, 31, 1000] { #expect(joined(spans(probabilities, options, atATime: size)) == whole, "\(size)") }
    }

    /// Silence may come in pieces.
    private func joined(_ spans: [WindowSpan]) -> [WindowSpan] {
        spans.reduce(into: []) { result, span in
            if let last = result.last, !last.isSpeech, !span.isSpeech {
                result[result.count - 1].range = last.range.lowerBound..<span.range.upperBound
            } else {
                result.append(span)
            }
        }
    }

    @Test(arguments: [SegmentationOptions.Method.pauses, .divideAndConquer])
    func noCutInSpeechWhereThereIsAPause(method: SegmentationOptions.Method) {
        for seed in UInt64(1)...10 {
            let options = SegmentationOptions(method: method)
            let probabilities = conversation(seed, windows: 20_000)
            let finder = CutFinder(
                probabilities: probabilities[...], base: 0, threshold: 0.5, negativeThreshold: 0.35)
            var tracker = SpeechTracker(options.activity)
            for probability in probabilities { tracker.append(probability) }
            tracker.finish()
            for span in spans(probabilities, options) where span.isSpeech && span.range.upperBound < probabilities.count
            {
                let place = span.range.upperBound
                // What is too short to count as speech may be so dense that there is no way around it.
                let isInSpeech = tracker.stretches.contains { $0.lowerBound < place + 2 && place - 2 < $0.upperBound }
                guard isInSpeech, finder.cost(place) > 0.8 else { continue }
                let start = span.range.lowerBound
                let choice = min(start + 46, probabilities.count)...min(start + 625, probabilities.count)
                let best = choice.map(finder.cost).min() ?? 1
                #expect(
                    best >= finder.cost(place), "seed \(seed): a cut at \(place), \(finder.cost(place)) for \(best)")
            }
        }
    }

    @Test func aLongPauseEndsASegment() {
        let speech = [Float](repeating: 0.9, count: 100), pause = [Float](repeating: 0, count: 60)
        let spans = spans(speech + pause + speech + pause, SegmentationOptions(method: .pauses))
        #expect(spans.map(\.isSpeech) == [true, false, true, false])
        // With 0.2 s of context, in windows of 32 ms.
        #expect(spans.map(\.range) == [0..<107, 107..<153, 153..<267, 267..<320])
    }

    @Test func theLongerPauseNearTheTargetIsTaken() {
        var probabilities = [Float](repeating: 0.9, count: 1000)
        for window in 250..<260 { probabilities[window] = 0.01 }
        for window in 400..<420 { probabilities[window] = 0.01 }
        for window in 610..<615 { probabilities[window] = 0.01 }
        let first = spans(probabilities, SegmentationOptions(method: .pauses, targetLength: 12)).first
        #expect(first.map { (405...415).contains($0.range.upperBound) } == true, "\(String(describing: first))")
    }

    @Test func endlessSpeechIsCutWhereItIsLeastLikely() {
        var probabilities = [Float](repeating: 0.99, count: 1500)
        for window in 500..<504 { probabilities[window] = 0.85 }
        for method in [SegmentationOptions.Method.pauses, .divideAndConquer] {
            let cuts = spans(probabilities, SegmentationOptions(method: method)).map(\.range.upperBound)
            #expect(cuts.contains(502), "\(method): \(cuts)")
        }
    }

    @Test func nobodySpeaks() {
        for method in Self.methods {
            let spans = joined(spans([Float](repeating: 0.02, count: 9000), SegmentationOptions(method: method)))
            #expect(spans == [WindowSpan(range: 0..<9000, isSpeech: false)], "\(method)")
        }
    }
}
