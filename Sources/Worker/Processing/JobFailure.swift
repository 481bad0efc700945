import Audio
import AudioStore
import Jobs
import Platform
import Segmentation
import SpeechTranslation

/// Why a job fails, as its result will say.
public struct JobFailure: Error, Sendable, Hashable, CustomStringConvertible {
    /// The reason, one of the contract's.
    public let reason: JobError.Reason
    /// For people.
    public let message: String
    /// What kind of failure it is, and so what happens to the job.
    public let failureClass: FailureClass

    /// Creates a failure.
    public init(_ reason: JobError.Reason, _ message: String, class failureClass: FailureClass = .permanent) {
        self.reason = reason
        self.message = message
        self.failureClass = failureClass
    }

    /// A message that can't be read.
    init(_ error: JobsError, class failureClass: FailureClass) {
        self.init(error.reason, error.message, class: failureClass)
    }

    /// The reason an error of the modules below amounts to.
    public init(_ error: any Error) {
        switch error {
        case let failure as JobFailure: self = failure
        case let error as JobsError: self.init(error.reason, error.message)
        case let error as AudioStoreError:
            self.init(Self.reason(of: error), error.message, class: error.isRetriable ? .transient : .permanent)
        case let error as AudioError:
            self.init(Self.reason(of: error), error.message, class: error.isRetriable ? .transient : .permanent)
        case let error as SystemError:
            let reason = Self.transientReason(error) ?? .audioNotReadable
            self.init(reason, "\(error)", class: error.isTransient ? .transient : .permanent)
        case let error as SegmentationError: self.init(.invalidOption, "segmentation: \(error.message)")
        case let error as SpeechTranslationError: self.init(Self.reason(of: error), error.message)
        default: self.init(.internal, "\(error)")
        }
    }

    /// The message.
    public var description: String { message }

    /// The reason for a fault of the system that may pass.
    private static func transientReason(_ error: (any Error)?) -> JobError.Reason? {
        guard let error = error as? SystemError, error.isTransient else { return nil }
        return error.isExhaustion ? .resourceExhausted : .storageUnavailable
    }

    private static func reason(of error: AudioStoreError) -> JobError.Reason {
        if error.isRetriable { return transientReason(error.cause) ?? .storageUnavailable }
        return switch error.code {
        case .unavailable: .storageUnavailable
        case .uriNotSupported: .uriNotSupported
        case .uriMalformed: .invalidJob
        case .outsideRoots, .notAllowed: .uriNotAllowed
        case .tooLarge: .audioTooLarge
        case .notAudio: .audioFormatNotSupported
        case .notFound: .audioNotFound
        case .notReadable: .audioNotReadable
        case .configuration: .audioNotReadable
        case .invalidRoot: .internal
        }
    }

    private static func reason(of error: AudioError) -> JobError.Reason {
        if error.isRetriable { return transientReason(error.cause) ?? .storageUnavailable }
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
