import Audio
import TestSupport
import Testing

@testable import Segmentation

@Suite struct SegmentReaderTests {
    private static let rate = Double(AudioClip.sampleRate)
    private let folder: TemporaryDirectory

    init() throws { folder = try TemporaryDirectory() }

    /// All recordings, with pauses of half a second to four between them.
    private func conversation() throws -> String {
        var samples: [Float] = []
        for (index, name) in Recordings.names.enumerated() {
            samples += try Recordings.samples(name)
            samples += [Float](repeating: 0, count: 8000 * (1 + index % 8))
        }
        return try folder.write(WaveFile(samples.map { Int16(max(-1, min(1, $0)) * 32_000) }).bytes, to: "long.wav")
    }

    private func segments(
        _ path: String, range: Range<Double>? = nil, _ options: SegmentationOptions = SegmentationOptions()
    ) throws -> [AudioSegment] {
        let source = try SegmentSource(path: path, range: range, options)
        var segments: [AudioSegment] = []
        while let segment = try source.next() { segments.append(segment) }
        #expect(try source.next() == nil)
        return segments
    }

    @Test(arguments: [SegmentationOptions.Method.pauses, .divideAndConquer, .fixed])
    func noSampleIsLostOrDoubled(method: SegmentationOptions.Method) throws {
        let path = try conversation()
        let clip = try AudioDecoder().decode(path: path)
        let segments = try segments(path, SegmentationOptions(method: method))
        #expect(segments.count { $0.isSpeech } > 8)
        var place = 0
        for segment in segments {
            #expect(segment.range.lowerBound == place)
            place = segment.range.upperBound
            #expect(segment.samples == (segment.isSpeech ? Array(clip.samples[segment.range]) : []))
            #expect(!segment.isWhole && segment.seconds <= 20)
            #expect(segment.start == Double(segment.range.lowerBound) / Self.rate)
            #expect(segment.end == Double(segment.range.upperBound) / Self.rate)
        }
        #expect(place == clip.samples.count)
        // Stretches alternate, but where speech is cut.
        #expect(!zip(segments, segments.dropFirst()).contains { !$0.isSpeech && !$1.isSpeech })
    }

    @Test func whatIsShortStaysWhole() throws {
        for name in Recordings.names {
            let path = "\(Recordings.folder)/\(name).wav"
            let clip = try AudioDecoder().decode(path: path)
            for method in [nil, SegmentationOptions.Method.whole, .pauses] {
                let segments = try segments(path, SegmentationOptions(method: method))
                #expect(segments.count == 1, "\(name)")
                let segment = try #require(segments.first)
                #expect(segment.isWhole && segment.isSpeech && segment.samples == clip.samples)
                #expect(segment.start == 0 && segment.end == clip.duration && segment.speechProbability > 0.5)
            }
        }
    }

    @Test func wholeMeansWhole() throws {
        let path = try conversation()
        let segments = try segments(path, SegmentationOptions(method: .whole))
        #expect(segments.count == 1 && segments.first?.isWhole == true)
        let clip = try AudioDecoder().decode(path: path)
        #expect(segments.first?.samples == clip.samples)
        let limited = AudioDecoder(limits: AudioLimits(seconds: 10))
        let source = try SegmentSource(path: path, SegmentationOptions(method: .whole), decoder: limited)
        #expect { try source.next() } throws: { ($0 as? AudioError)?.code == .tooLong }
        // What is not held together has another limit.
        #expect(try SegmentSource(path: path, SegmentationOptions(), decoder: limited).next() != nil)
    }

    @Test func timesAreThoseOfTheRecording() throws {
        let path = try conversation()
        let part = try segments(path, range: 30..<75.5)
        #expect(part.first?.start == 30 && part.last.map { abs($0.end - 75.5) < 1e-6 } == true)
        #expect(part.count > 2)
    }

    @Test func silenceIsOneStretchWithoutSpeech() throws {
        let path = try folder.write(WaveFile([Int16](repeating: 0, count: 16_000 * 70)).bytes, to: "silence.wav")
        let segments = try segments(path)
        #expect(segments.map(\.isSpeech) == [false] && segments.map(\.end) == [70])
        let short = try folder.write(WaveFile([Int16](repeating: 0, count: 8000)).bytes, to: "short.wav")
        #expect(try self.segments(short).map(\.isSpeech) == [false])
        let empty = try folder.write(WaveFile([Int16]()).bytes, to: "empty.wav")
        #expect(try self.segments(empty).isEmpty)
    }

    @Test(arguments: [
        SegmentationOptions(maxLength: 0.5), SegmentationOptions(maxLength: 100), SegmentationOptions(minLength: 15),
        SegmentationOptions(targetLength: 1), SegmentationOptions(longPause: 0),
        SegmentationOptions(activity: SpeechActivityOptions(threshold: 0)),
        SegmentationOptions(activity: SpeechActivityOptions(negativeThreshold: 0.6)),
        SegmentationOptions(activity: SpeechActivityOptions(padding: -1)),
    ])
    func optionsThatCannotBe(options: SegmentationOptions) {
        #expect(throws: SegmentationError.self) { try options.validate() }
    }
}
