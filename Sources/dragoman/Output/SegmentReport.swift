import Foundation
import Segmentation

/// What `dragoman segment` says of a recording.
struct SegmentReport {
    struct Segment {
        let start: Double, end: Double
        let speechSeconds: Double, speechProbability: Double

        init(_ segment: AudioSegment) {
            (start, end) = (segment.start, segment.end)
            (speechSeconds, speechProbability) = (segment.speechSeconds, segment.speechProbability)
        }

        func text(_ file: String) -> String {
            let numbers = [start, end, speechSeconds, speechProbability].map { String(format: "%.3f", $0) }
            return ([file] + numbers).joined(separator: "\t")
        }
    }

    let file: String
    var seconds = 0.0
    var segments: [Segment] = []
    var probabilities: [Float] = []

    func json(_ activity: SpeechActivityOptions, withProbabilities: Bool) -> String {
        var tracker = SpeechTracker(activity)
        for probability in probabilities { tracker.append(probability) }
        tracker.finish()
        var object = JSONText()
        object.add("file", file)
        object.add("seconds", seconds)
        object.add("speech", tracker.stretches) { stretch, object in
            object.add("start", Self.seconds(stretch.lowerBound))
            object.add("end", min(Self.seconds(stretch.upperBound), seconds))
        }
        object.add("segments", segments) { segment, object in
            object.add("start", segment.start)
            object.add("end", segment.end)
            object.add("speech_seconds", segment.speechSeconds)
            object.add("speech_probability", segment.speechProbability)
        }
        if withProbabilities { object.add("probabilities", numbers: probabilities.map(Double.init)) }
        return object.text
    }

    /// Rounded, as a window is a whole number of milliseconds.
    private static func seconds(_ window: Int) -> Double { Double(window * 32) / 1000 }
}
