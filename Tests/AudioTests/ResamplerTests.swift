import Foundation
import TestSupport
import Testing

@testable import Audio

@Suite struct ResamplerTests {
    private func resample(_ input: [Float], from rate: Int, block: Int? = nil) throws -> [Float] {
        var resampler = try Resampler(from: rate, to: 16_000)
        var result: [Float] = []
        for start in stride(from: 0, to: input.count, by: block ?? max(1, input.count)) {
            try resampler.process(Array(input[start..<min(start + (block ?? input.count), input.count)]), into: &result)
        }
        try resampler.finish(into: &result)
        return result
    }

    /// Amplitude of a frequency in the middle of a signal, by projection on sine and cosine over whole periods.
    private func amplitude(of frequency: Double, in signal: [Float]) -> Double {
        let middle = 4_000..<12_000
        var (sine, cosine) = (0.0, 0.0)
        for index in middle {
            let phase = 2 * .pi * frequency * Double(index) / 16_000
            sine += Double(signal[index]) * sin(phase)
            cosine += Double(signal[index]) * cos(phase)
        }
        return 2 * (sine * sine + cosine * cosine).squareRoot() / Double(middle.count)
    }

    @Test(arguments: [44_100, 48_000, 22_050], [300.0, 1_000, 6_000, 7_000])
    func thePassbandIsFlat(rate: Int, frequency: Double) throws {
        let output = try resample(Samples.sine(frequency, rate: Double(rate), seconds: 1), from: rate)
        #expect(abs(20 * log10(amplitude(of: frequency, in: output) / 0.5)) < 0.1)
    }

    @Test(arguments: [48_000, 96_000], [8_500.0, 9_000, 12_000, 15_000, 20_000])
    func whatDoesNotFitIsRemoved(rate: Int, frequency: Double) throws {
        let output = try resample(Samples.sine(frequency, rate: Double(rate), seconds: 1), from: rate)
        let power = output[4_000..<12_000].reduce(0.0) { $0 + Double($1) * Double($1) } / 8_000
        #expect(10 * log10(power / 0.125) < -80)
    }

    @Test func upsamplingLeavesNoImages() throws {
        let output = try resample(Samples.sine(1_000, rate: 8_000, seconds: 1), from: 8_000)
        #expect(abs(20 * log10(amplitude(of: 1_000, in: output) / 0.5)) < 0.1)
        #expect(20 * log10(amplitude(of: 7_000, in: output) / 0.5) < -80)
    }

    @Test(arguments: [8_000, 11_025, 44_100, 48_000, 192_000])
    func blocksDoNotShow(rate: Int) throws {
        var generator = SplitMix64(seed: 7)
        let noise = (0..<rate / 2).map { _ in Float.random(in: -1...1, using: &generator) }
        let whole = try resample(noise, from: rate)
        for block in [1_000, 4_097, 65_536] { #expect(try resample(noise, from: rate, block: block) == whole) }
    }

    @Test func theCountIsTheRatio() throws {
        for (rate, count, expected) in [(8_000, 400, 800), (48_000, 48_000, 16_000), (44_100, 441, 160), (8_000, 0, 0)]
        {
            #expect(try resample([Float](repeating: 0.1, count: count), from: rate).count == expected)
        }
    }
}
