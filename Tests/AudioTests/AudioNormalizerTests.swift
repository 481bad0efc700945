import Audio
import Testing

@Suite struct AudioNormalizerTests {
    @Test func meanIsZeroAndVarianceOne() {
        let values = AudioNormalizer.normalize([1, 2, 3, 4])
        // mean 2.5, population variance 1.25
        let expected = [-1.5, -0.5, 0.5, 1.5].map { Float($0 / (1.25 + 1e-7).squareRoot()) }
        #expect(values == expected)
    }

    @Test func silenceAndConstantsBecomeZeros() {
        #expect(AudioNormalizer.normalize([0, 0, 0]) == [0, 0, 0])
        #expect(AudioNormalizer.normalize([0.25, 0.25]) == [0, 0])
    }

    @Test func nothingStaysNothing() {
        #expect(AudioNormalizer.normalize([]).isEmpty)
    }

    @Test func aLargeOffsetDoesNotDrownTheSignal() {
        let signal = Samples.sine(440, rate: 16_000, seconds: 1)
        let plain = AudioNormalizer.normalize(signal)
        let shifted = AudioNormalizer.normalize(signal.map { $0 + 8 })
        #expect(zip(plain, shifted).allSatisfy { abs($0 - $1) < 1e-5 })
    }
}
