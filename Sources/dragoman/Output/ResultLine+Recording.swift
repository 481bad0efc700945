import Jobs
import SpeechTranslation
import Worker

extension ResultLine {
    /// The line of a file that was translated here.
    init(_ recording: RecordingTranslation, file: String, audioSeconds: Double, decodeSeconds: Double) {
        var result = TranslationResult()
        result.complete(with: recording)
        self.init(result)
        self.file = file
        self.audioSeconds = audioSeconds
        timings = Timings(
            decode: decodeSeconds, encode: recording.timings.encodeSeconds,
            generate: recording.timings.generateSeconds)
        job = nil
    }
}
