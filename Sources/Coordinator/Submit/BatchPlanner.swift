import AudioStore
import Jobs
import Platform

/// Makes batches of what sources name: all of it is read and checked before anything is sent.
public struct BatchPlanner: Sendable {
    private let template: TranslationJob
    private let name: String?
    private let makesChecksums: Bool
    private let readsLengths: Bool
    private let storage: (any ObjectListing)?

    /// Creates a planner.
    /// - Parameters:
    ///   - template: what all jobs have in common where a manifest does not say otherwise; its id, batch, run and audio
    ///     are not used.
    ///   - name: the batch's id; `nil` derives it from its jobs.
    ///   - makesChecksums: whether jobs name the SHA-256 of their files, so that they are about these very contents.
    ///   - readsLengths: whether the files' headers are read for their lengths.
    ///   - storage: lists what lies in object storage; without it, `s3:` URIs that end with a slash are refused.
    /// - Throws: `JobsError` when no job made of the template could be valid.
    public init(
        template: TranslationJob, name: String? = nil, makesChecksums: Bool = false, readsLengths: Bool = false,
        storage: (any ObjectListing)? = nil
    ) throws(JobsError) {
        if let name { try TranslationJob.validate(batchID: name) }
        var example = template
        example.id = "example"
        example.batchID = ""
        example.batchIndex = 0
        example.run = 0
        example.audio = JobAudio()
        example.audio.uri = "file:///example"
        try example.validate()
        self.template = example
        self.name = name
        self.makesChecksums = makesChecksums
        self.readsLengths = readsLengths
        self.storage = storage
    }

    /// Reads sources to their ends. What is wrong with them is in the batch: see ``JobBatch/problems``.
    /// - Parameter progress: called with the number of recordings found so far.
    /// - Throws: ``CoordinatorError``, or `CancellationError`.
    public func batch(
        of sources: [BatchSource], progress: @escaping @Sendable (Int) -> Void = { _ in }
    ) async throws -> JobBatch {
        try await BlockingCall.run { [self] cancellation in
            var builder = try BatchBuilder(
                template: template,
                examination: FileExamination(
                    makesChecksums: makesChecksums, readsLengths: readsLengths, cancellation: cancellation),
                progress: progress)
            let reader = SourceReader(cancellation: cancellation, storage: storage)
            for source in sources { try reader.add(source, to: &builder) }
            return try builder.finish(name: name)
        }
    }
}
