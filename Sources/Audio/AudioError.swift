import Platform

/// Why a file could not be turned into an ``AudioClip``.
public struct AudioError: Error, Sendable, CustomStringConvertible {
    /// Kinds of failure.
    public enum Code: String, Sendable, CaseIterable {
        /// There is no such file.
        case notFound
        /// The file can't be opened or read, or is not a regular file.
        case notReadable
        /// Not one of the containers that are read (WAV, FLAC, Ogg, MP3, AIFF, AU).
        case unsupportedContainer
        /// A container that is read, holding a codec that is not.
        case unsupportedCodec
        /// Empty, cut short inside its header, or not what its header says.
        case corrupt
        /// More audio than ``AudioLimits/seconds``.
        case tooLong
        /// More channels than ``AudioLimits/channels``.
        case tooManyChannels
        /// A sample rate outside ``AudioLimits/sampleRates``.
        case unsupportedSampleRate
        /// A sample is NaN or infinite.
        case invalidSamples
        /// The range is empty, negative, or begins behind the end of the audio.
        case invalidRange
        /// The resampler failed.
        case resamplingFailed
    }

    /// The kind of failure.
    public let code: Code
    /// What is wrong with which file, and what would be right.
    public let message: String
    /// The error underneath, where there is one.
    public let cause: (any Error)?

    /// Creates an error.
    public init(code: Code, message: String, cause: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }

    /// Whether trying again may help: only for faults of the storage, never for what a file contains.
    public var isRetriable: Bool { (cause as? SystemError)?.isTransient ?? false }

    /// The message.
    public var description: String { message }
}

extension AudioError {
    /// A failed call on the file itself.
    init(_ error: SystemError, path: String) {
        self.init(
            code: error.isNotFound ? .notFound : .notReadable, message: "can't read audio: \(error)", cause: error)
    }
}
