import Audio
import FoundationEssentials

#if canImport(Glibc)
import Glibc
#endif

/// Sound with the energy and the rhythm of speech, the same each time: a wavering tone under pulsed noise. Translating
/// takes as long as with speech, whatever comes out.
enum SyntheticSpeech {
    static func samples(seconds: Double) -> [Float] {
        var state: UInt64 = 1
        return (0..<Int(seconds * Double(AudioClip.sampleRate))).map { index in
            // Knuth's MMIX generator; its upper bits are noise enough.
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let noise = Double(Int32(truncatingIfNeeded: state >> 32)) / Double(Int32.max)
            let time = Double(index) / Double(AudioClip.sampleRate)
            let syllable = 0.2 + pow(sin(2 * .pi * 3 * time), 2)
            let tone = sin(2 * .pi * (150 * time - 6 * cos(7 * time)))
            return Float(0.08 * noise * syllable + 0.1 * tone)
        }
    }
}
