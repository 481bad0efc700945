/// From many channels to one.
enum Downmix {
    /// The mean over the channels of each frame, summed in single precision and in order, as NumPy does for fewer than
    /// eight channels.
    /// - Parameters:
    ///   - interleaved: Samples, frame by frame; a whole number of frames.
    ///   - channels: At least 1.
    ///   - mono: Receives one sample per frame, in place of what it held.
    static func mean(_ interleaved: ArraySlice<Float>, channels: Int, into mono: inout [Float]) {
        mono.removeAll(keepingCapacity: true)
        guard channels > 1 else { return mono += interleaved }
        let count = Float(channels)
        var frame = interleaved.startIndex
        while frame < interleaved.endIndex {
            let next = frame + channels
            mono.append(interleaved[frame..<next].reduce(0, +) / count)
            frame = next
        }
    }
}
