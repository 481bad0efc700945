/// Orders the weights of a convolution's output as time-major frames lie that they are multiplied with.
enum TapMajorRow {
    /// Copies `[channel][tap]`, as checkpoints have it, to `[tap][channel]`.
    static func copy(
        _ source: UnsafePointer<Float>, channels: Int, taps: Int, into target: UnsafeMutablePointer<Float>
    ) {
        for tap in 0..<taps {
            for channel in 0..<channels { target[tap * channels + channel] = source[channel * taps + tap] }
        }
    }
}
