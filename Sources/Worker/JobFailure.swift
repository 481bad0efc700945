import Audio
import AudioStore
import Jobs
import SpeechTranslation

/// Why a job fails, as its result will say.
public struct JobFailure: Error, Sendable, Hashable, CustomStringConvertible {
    /// The reason, one of the contract's.
    public let reason: JobError.Reason
    /// For people.
    public let message: String
    /// Whether another attempt may go better.
    public let isRetriable: Bool

    /// Creates a failure.
    public init(_ reason: JobError.Reason, _ message: String, isRetriable: Bool = false) {
        self.reason = reason
        self.message = message
        self.isRetriable = isRetriable
    }

    /// The reason an error of the modules below amounts to.
    public init(_ error: any Error) {
        switch error {
        case let failure as JobFailure: self = failure
        case let error as JobsError: self.init(error.reason, error.message)
        case let error as AudioStoreError:
            self.init(Self.reason(of: error), error.message, isRetriable: error.isRetriable)
        case let error as AudioError:
            self.init(Self.reason(of: error), error.message, isRetriable: error.isRetriable)
        case let error as SpeechTranslationError: self.init(Self.reason(of: error), error.message)
        default: self.init(.internal, "\(error)")
        }
    }

    /// The message.
    public var description: String { message }

    private static func reason(of error: AudioStoreError) -> JobError.Reason {
        if error.isRetriable { return .storageUnavailable }
        return switch error.code {
        case .uriNotSupported: .uriNotSupported
        case .uriMalformed: .invalidJob
        case .outsideRoots: .uriNotAllowed
        case .notFound: .audioNotFound
        case .notReadable: .audioNotReadable
        case .invalidRoot: .internal
        }
    }

    private static func reason(of error: AudioError) -> JobError.Reason {
        if error.isRetriable { return .storageUnavailable }
        return switch error.code {
        case .notFound: .audioNotFound
        case .notReadable: .audioNotReadable
        case .unsupportedContainer, .unsupportedCodec, .unsupportedSampleRate, .tooManyChannels:
            .audioFormatNotSupported
        case .corrupt, .invalidSamples: .audioCorrupt
        case .tooLong: .audioTooLong
        case .invalidRange: .audioRangeInvalid
        case .resamplingFailed: .internal
        }
    }

    private static func reason(of error: SpeechTranslationError) -> JobError.Reason {
        switch error.code {
        case .invalidOption: .invalidOption
        case .unknownTargetLanguage: .unknownTargetLanguage
        case .unusableModel, .notFinite: .internal
        }
    }
}
