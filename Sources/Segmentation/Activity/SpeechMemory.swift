import Compute

/// What ``SpeechNetwork`` keeps from window to window, and its room to compute in.
struct SpeechMemory: ~Copyable {
    /// The LSTM's output and state.
    let hidden = zeros(1, SpeechNetwork.width), cell = zeros(1, SpeechNetwork.width)
    /// The share of the gates that the output before has.
    let recurrent = zeros(1, 4 * SpeechNetwork.width)
    /// Samples of each frame.
    let framed = zeros(frames, SpeechNetwork.frameLength)
    /// Real, then imaginary parts.
    let spectra = zeros(frames, 2 * SpeechNetwork.bins)
    /// Magnitudes of each frame, with those of the frames before and behind it in the window.
    let first = zeros(frames, 3 * SpeechNetwork.bins)
    let firstOutput = zeros(frames, 128)
    /// Two rows a window, of three frames each.
    let second = zeros(2 * SpeechNetwork.batch, 3 * 128)
    let secondOutput = zeros(2 * SpeechNetwork.batch, 64)
    let thirdOutput = zeros(SpeechNetwork.batch, 64)
    let vectors = zeros(SpeechNetwork.batch, SpeechNetwork.width)
    let gates = zeros(SpeechNetwork.batch, 4 * SpeechNetwork.width)

    private static let frames = SpeechNetwork.batch * SpeechNetwork.frames

    private static func zeros(_ rows: Int, _ columns: Int) -> Matrix {
        let matrix = Matrix(rows: rows, columns: columns)
        matrix.pointer.update(repeating: 0, count: matrix.count)
        return matrix
    }

    /// Cuts a window, which begins with its context, into frames. The last of them reaches beyond it, where the samples
    /// are reflected: the last is not repeated.
    func frame(_ samples: UnsafePointer<Float>, _ window: Int) {
        let length = SpeechNetwork.contextLength + SpeechNetwork.windowLength
        for index in 0..<SpeechNetwork.frames {
            let row = framed.row(window * SpeechNetwork.frames + index)
            let start = index * SpeechNetwork.hop
            let count = min(SpeechNetwork.frameLength, length - start)
            row.update(from: samples + start, count: count)
            for beyond in count..<SpeechNetwork.frameLength { row[beyond] = samples[2 * (length - 1) - start - beyond] }
        }
    }

    /// Turns a frame's spectrum into magnitudes, where the first convolution looks for them: its neighbours' too.
    func magnitude(_ row: Int) {
        let bins = SpeechNetwork.bins
        let spectrum = spectra.row(row)
        let place = row % SpeechNetwork.frames
        let own = first.row(row) + bins
        for bin in 0..<bins {
            own[bin] = (spectrum[bin] * spectrum[bin] + spectrum[bins + bin] * spectrum[bins + bin]).squareRoot()
        }
        if place > 0 { (first.row(row - 1) + 2 * bins).update(from: own, count: bins) }
        if place < SpeechNetwork.frames - 1 { first.row(row + 1).update(from: own, count: bins) }
    }

    /// Places a window's four frames for the second convolution, which goes two frames at a time and pads before the first.
    func pair(_ window: Int) {
        let frames = firstOutput.row(window * SpeechNetwork.frames)
        (second.row(2 * window) + 128).update(from: frames, count: 2 * 128)
        second.row(2 * window + 1).update(from: frames + 128, count: 3 * 128)
    }
}
