import CSndfile

/// A file open in libsndfile.
struct SoundFile: ~Copyable {
    let path: String
    /// Frames per second.
    let sampleRate: Int
    let channels: Int
    /// How many frames the header promises; may be wrong, or huge when the header does not say.
    let frameCount: Int64
    /// Whether ``seek(to:)`` lands on the frame that reading on from the start would give.
    let seeksExactly: Bool

    private let handle: OpaquePointer
    private let window: FileWindow

    /// Opens what the probe has found.
    init(_ probed: ProbedAudio, of file: AudioFile) throws(AudioError) {
        let window = FileWindow(file, slices: probed.slices)
        var callbacks = FileWindow.callbacks
        var info = SF_INFO()
        // The pointer is unretained: `window` is stored beside the handle and outlives it.
        let data = Unmanaged.passUnretained(window).toOpaque()
        guard let handle = sf_open_virtual(&callbacks, Int32(SFM_READ), &info, data) else {
            if let failure = window.failure { throw AudioError(failure, path: file.path) }
            // The reason is global to libsndfile: in a race it may be that of another file.
            let reason = String(cString: sf_error_number(sf_error(nil)))
            throw AudioError(
                code: .corrupt, message: "\(file.path): damaged \(probed.container.rawValue) file: \(reason)")
        }
        let format = SampleFormat(info.format)
        guard probed.container.permits(format) else {
            withExtendedLifetime(window) { _ = sf_close(handle) }
            throw .unsupportedCodec(format.description, path: file.path)
        }
        self.handle = handle
        self.window = window
        path = file.path
        sampleRate = Int(info.samplerate)
        channels = Int(info.channels)
        frameCount = info.frames
        seeksExactly = info.seekable != 0 && AudioContainer.plain.contains(format.codec)
    }

    /// Reads interleaved frames.
    /// - Returns: The number of frames; 0 at the end.
    mutating func read(into block: inout [Float], atMost frames: Int64) throws(AudioError) -> Int {
        let wanted = min(frames, Int64(block.count / channels))
        let count = sf_readf_float(handle, &block, wanted)
        if let failure = window.failure { throw AudioError(failure, path: path) }
        guard sf_error(handle) == Int32(SF_ERR_NO_ERROR), 0...wanted ~= count else {
            throw AudioError(code: .corrupt, message: "\(path): damaged audio: \(String(cString: sf_strerror(handle)))")
        }
        return Int(count)
    }

    /// Moves to a frame, counted from the start.
    mutating func seek(to frame: Int64) throws(AudioError) {
        let reached = sf_seek(handle, frame, Int32(SF_SEEK_SET))
        if let failure = window.failure { throw AudioError(failure, path: path) }
        guard reached == frame else {
            throw AudioError(code: .corrupt, message: "\(path): damaged audio: can't move to frame \(frame)")
        }
    }

    deinit { sf_close(handle) }
}
