import Audio
import TestSupport
import Testing

@Suite struct AudioLimitsTests {
    private let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
    }

    private func code(_ file: WaveFile, limits: AudioLimits = .init(), range: Range<Double>? = nil) throws -> AudioError
        .Code?
    {
        let path = try directory.write(file.bytes, to: "test.wav")
        do {
            _ = try AudioDecoder(limits: limits).decode(path: path, range: range)
            return nil
        } catch {
            #expect(error.message.contains(path))
            return error.code
        }
    }

    @Test func secondsAreCounted() throws {
        let limits = AudioLimits(seconds: 1)
        #expect(try code(WaveFile([Int16](repeating: 0, count: 8_000), rate: 8_000), limits: limits) == nil)
        #expect(try code(WaveFile([Int16](repeating: 0, count: 8_001), rate: 8_000), limits: limits) == .tooLong)
        let long = WaveFile([Int16](repeating: 0, count: 80_000), rate: 8_000)
        #expect(try code(long, limits: limits, range: 8.5..<9.5) == nil)
        #expect(try code(long, limits: limits, range: 8.5..<9.75) == .tooLong)
    }

    @Test func theStartIsLimited() throws {
        let file = WaveFile([Int16](repeating: 0, count: 32_000))
        #expect(try code(file, limits: .init(startSeconds: 1), range: 1..<2) == nil)
        #expect(try code(file, limits: .init(startSeconds: 1), range: 1.5..<2) == .invalidRange)
    }

    @Test func channelsAreLimited() throws {
        #expect(try code(WaveFile([Int16](repeating: 0, count: 32), channels: 32)) == nil)
        #expect(try code(WaveFile([Int16](repeating: 0, count: 33), channels: 33)) == .tooManyChannels)
        #expect(try code(WaveFile([Int16](repeating: 0, count: 1_024), channels: 1_024)) == .tooManyChannels)
        #expect(try code(WaveFile([0, 0] as [Int16], channels: 2), limits: .init(channels: 1)) == .tooManyChannels)
    }

    @Test func sampleRatesAreLimited() throws {
        for rate in [1_000, 768_000] as [UInt32] {
            #expect(try code(WaveFile([0] as [Int16], rate: rate)) == nil)
        }
        for rate in [1, 999, 768_001, 0x7FFF_FFFF] as [UInt32] {
            #expect(try code(WaveFile([0] as [Int16], rate: rate)) == .unsupportedSampleRate)
        }
    }

    @Test func senselessLimitsRefuseRatherThanTrap() throws {
        let file = WaveFile([0, 0] as [Int16])
        #expect(try code(file, limits: .init(seconds: -1)) == .tooLong)
        #expect(try code(file, limits: .init(seconds: .nan)) == .tooLong)
        #expect(try code(file, limits: .init(channels: -5)) == nil)
    }
}
