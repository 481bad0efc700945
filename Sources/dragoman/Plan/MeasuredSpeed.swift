import SpeechTranslation

/// What the benchmark in README.md measured: the 300M checkpoint, five beams, two threads of an AMD EPYC with AVX2.
struct MeasuredSpeed: Equatable {
    /// Seconds to encode ten seconds of audio.
    let encoder: Double
    /// Seconds of one step of the decoder.
    let step: Double

    static let threads = 2
    static let machine = "two threads of an AMD EPYC with AVX2, 300M, five beams"

    init(encoder: Double, step: Double) {
        (self.encoder, self.step) = (encoder, step)
    }

    init(_ precision: PackingPrecision) {
        switch precision {
        case .float32: self.init(encoder: 2.53, step: 0.0704)
        case .bfloat16: self.init(encoder: 2.45, step: 0.0462)
        case .int8: self.init(encoder: 2.05, step: 0.0241)
        case .mixed: self.init(encoder: 2.15, step: 0.0232)
        }
    }
}
