import CSoxr

/// A mono stream through libsoxr, at its "high quality" recipe (20 bit) in single precision. The result is the same,
/// bit for bit, however the input is cut into blocks.
struct Resampler: ~Copyable {
    private let handle: soxr_t
    private var output = [Float](repeating: 0, count: 16_384)

    init(from inputRate: Int, to outputRate: Int) throws(AudioError) {
        var failure: soxr_error_t?
        var formats = soxr_io_spec(SOXR_FLOAT32_I, SOXR_FLOAT32_I)
        var quality = soxr_quality_spec(UInt(SOXR_HQ), 0)
        // One thread: callers already run one decoder per thread.
        var runtime = soxr_runtime_spec(1)
        guard
            let handle = soxr_create(
                Double(inputRate), Double(outputRate), 1, &failure, &formats, &quality, &runtime)
        else { throw Self.error(failure, "from \(inputRate) to \(outputRate) Hz") }
        self.handle = handle
    }

    /// Feeds samples and appends what comes out so far.
    mutating func process(_ input: [Float], into result: inout [Float]) throws(AudioError) {
        var fed = 0
        while fed < input.count {
            let step = try input[fed...].withUnsafeBufferPointer { rest throws(AudioError) in
                try self.step(rest, into: &result)
            }
            guard step.consumed > 0 || step.produced > 0 else { throw Self.error(nil, "it takes no more input") }
            fed += step.consumed
        }
    }

    /// Says that the input has ended and appends the rest. Nothing may be fed afterwards.
    mutating func finish(into result: inout [Float]) throws(AudioError) {
        while try step(nil, into: &result).produced > 0 {}
    }

    /// One call into libsoxr; `nil` marks the end of the input.
    private mutating func step(
        _ input: UnsafeBufferPointer<Float>?, into result: inout [Float]
    ) throws(AudioError) -> (consumed: Int, produced: Int) {
        var consumed = 0
        var produced = 0
        let failure = soxr_process(
            handle, input?.baseAddress, input?.count ?? 0, &consumed, &output, output.count, &produced)
        guard failure == nil else { throw Self.error(failure, "in the stream") }
        result += output.prefix(produced)
        return (consumed, produced)
    }

    private static func error(_ failure: soxr_error_t?, _ what: String) -> AudioError {
        let reason = failure.map { String(cString: $0) } ?? "no reason given"
        return AudioError(code: .resamplingFailed, message: "libsoxr failed \(what): \(reason)")
    }

    deinit { soxr_delete(handle) }
}
