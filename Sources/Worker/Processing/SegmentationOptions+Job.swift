import Jobs
import Segmentation

extension SegmentationOptions {
    /// What a job asks for; what it leaves open is the default. A greatest length alone makes the others fit.
    public init(_ segmentation: JobSegmentation) {
        self.init()
        method =
            switch segmentation.method {
            case .whole: .whole
            case .pauses: .pauses
            case .divideAndConquer: .divideAndConquer
            case .fixed: .fixed
            case .unspecified, .UNRECOGNIZED: nil
            }
        if segmentation.hasMaxLength {
            maxLength = segmentation.maxLength
            minLength = min(minLength, maxLength / 4)
            targetLength = min(targetLength, maxLength * 0.6)
        }
        if segmentation.hasMinLength {
            minLength = segmentation.minLength
            targetLength = max(targetLength, min(minLength, maxLength))
        }
        if segmentation.hasTargetLength { targetLength = segmentation.targetLength }
        if segmentation.hasLongPause { longPause = segmentation.longPause }
        if segmentation.hasSpeechThreshold { activity.threshold = segmentation.speechThreshold }
        if segmentation.hasNegativeThreshold { activity.negativeThreshold = segmentation.negativeThreshold }
        if segmentation.hasMinSpeech { activity.minSpeech = segmentation.minSpeech }
        if segmentation.hasMinSilence { activity.minSilence = segmentation.minSilence }
        if segmentation.hasPadding { activity.padding = segmentation.padding }
    }
}
