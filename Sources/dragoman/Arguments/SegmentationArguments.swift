import ArgumentParser
import Jobs
import Segmentation
import Worker

/// How long recordings are cut. What is left out is the default.
struct SegmentationArguments: ParsableArguments {
    @Option(
        help: """
            Where recordings are cut that are longer than the longest segment: at pauses near the target length (the \
            default), by divide-and-conquer where speech is least likely, fixed at every target length, or not at all \
            (whole). Given, recordings in which nobody speaks are not translated, however short.
            """)
    var segmentation: SegmentationMethodArgument?

    @Option(help: ArgumentHelp("Shortest segment. (default: 1.5)", valueName: "seconds"))
    var minSegment: Double?

    @Option(help: ArgumentHelp("Wanted length of a segment. (default: 6)", valueName: "seconds"))
    var targetSegment: Double?

    @Option(help: ArgumentHelp("Longest segment. (default: 20)", valueName: "seconds"))
    var maxSegment: Double?

    @Option(help: ArgumentHelp("Pause that ends a segment wherever it is. (default: 0.5)", valueName: "seconds"))
    var longPause: Double?

    @Option(help: ArgumentHelp("Probability from which a window counts as speech. (default: 0.5)", valueName: "number"))
    var speechThreshold: Double?

    @Option(
        help: ArgumentHelp(
            "Probability below which it does no more. (default: 0.15 less than the threshold)", valueName: "number"))
    var negativeThreshold: Double?

    @Option(help: ArgumentHelp("Shortest stretch of speech that counts. (default: 0.25)", valueName: "seconds"))
    var minSpeech: Double?

    @Option(help: ArgumentHelp("Shortest pause that ends a stretch of speech. (default: 0.1)", valueName: "seconds"))
    var minSilence: Double?

    @Option(help: ArgumentHelp("Context kept on either side of speech. (default: 0.2)", valueName: "seconds"))
    var speechPadding: Double?

    func validate() throws {
        do {
            try inJob.validate()
            try options.validate()
        } catch let error as JobsError {
            throw ValidationError(error.message)
        } catch let error as SegmentationError {
            throw ValidationError(error.message)
        }
    }

    var options: SegmentationOptions { SegmentationOptions(inJob) }

    /// The same as a job says it.
    var inJob: JobSegmentation {
        var job = JobSegmentation()
        if let segmentation { job.method = segmentation.inJob }
        if let minSegment { job.minLength = minSegment }
        if let targetSegment { job.targetLength = targetSegment }
        if let maxSegment { job.maxLength = maxSegment }
        if let longPause { job.longPause = longPause }
        if let speechThreshold { job.speechThreshold = speechThreshold }
        if let negativeThreshold { job.negativeThreshold = negativeThreshold }
        if let minSpeech { job.minSpeech = minSpeech }
        if let minSilence { job.minSilence = minSilence }
        if let speechPadding { job.padding = speechPadding }
        return job
    }
}
