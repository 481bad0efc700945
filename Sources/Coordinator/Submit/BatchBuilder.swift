import Audio
import AudioStore
import FoundationEssentials
import Jobs
import Platform

/// Makes a batch of recordings one by one. What is wrong with one is noted, and the next one still looked at; the jobs
/// themselves go to disk.
struct BatchBuilder: ~Copyable {
    /// Recordings that sources have named so far, whether they make jobs or not.
    private(set) var foundCount = 0

    private let template: TranslationJob
    private let examination: FileExamination
    private let progress: @Sendable (Int) -> Void
    /// What lengths of time are counted from.
    private let start = Date()
    private var spool: JobSpool.Writer
    private var digest = BatchID()
    private var keys: Set<JobKey> = []
    private var summary: JobBatch.Summary

    /// Recordings between two calls of the progress closure.
    private static let progressInterval = 64

    /// - Parameters:
    ///   - template: what all jobs have in common, where a source does not say otherwise.
    ///   - progress: called with ``foundCount`` from time to time.
    init(
        template: TranslationJob, examination: FileExamination, progress: @escaping @Sendable (Int) -> Void
    ) throws {
        self.template = template
        self.examination = examination
        self.progress = progress
        spool = try JobSpool.Writer()
        summary = JobBatch.Summary(template)
    }

    /// Takes a recording.
    /// - Parameter isKnownFile: whether somebody has just seen that it is a regular file.
    /// - Throws: what keeps the batch from being made, or `CancellationError`.
    mutating func add(_ entry: BatchEntry, isKnownFile: Bool = false) throws {
        foundCount += 1
        if foundCount.isMultiple(of: Self.progressInterval) { progress(foundCount) }
        do {
            var job = try job(of: entry, isKnownFile: isKnownFile)
            job.id = entry.id ?? job.derivedID
            try job.validate()
            if let deadline = job.deadlineDate, deadline <= start {
                return report("deadline: \(deadline.formatted(.iso8601)) has passed", at: entry.place)
            }
            guard keys.insert(JobKey(job.id)).inserted else {
                // Two that ask for the same need but one answer; two that only bear one name would both get the same.
                guard entry.id == nil else { return report("id: '\(job.id)' is there more than once", at: entry.place) }
                return summary.duplicates.append(job.audio.uri)
            }
            try take(job)
        } catch let error as JobsError {
            report(error.message, at: entry.place)
        } catch let error as FileExamination.Failure {
            report(error.message, at: entry.place)
        }
    }

    /// Notes what keeps the batch from being sent.
    mutating func report(_ message: @autoclosure () -> String, at place: SourcePlace) {
        summary.problems.append(BatchProblem(place: place, message: message()))
    }

    /// Notes a file that was found and does not look like a recording.
    mutating func leaveOut() {
        summary.leftOutCount += 1
    }

    /// - Parameter name: the batch's id; `nil` derives it.
    consuming func finish(name: String?) throws -> JobBatch {
        let digest = digest.finalize()
        return JobBatch(id: name ?? digest, digest: digest, summary: summary, spool: try spool.finish())
    }

    private mutating func take(_ job: TranslationJob) throws {
        var job = job
        job.batchIndex = UInt32(clamping: summary.jobCount)
        digest.add(jobID: job.id)
        summary.add(job)
        try spool.append(job)
    }

    private mutating func job(of entry: BatchEntry, isKnownFile: Bool) throws -> TranslationJob {
        var job = template
        job.audio = JobAudio()
        var path: String?
        switch entry.recording {
        case .file(let file):
            if !isKnownFile { try examination.check(file) }
            job.audio.uri = try examination.uri(of: file)
            path = file
        case .uri(let uri):
            job.audio.uri = uri
            path = try examination.path(of: uri)
        }
        if let start = entry.start { job.audio.start = start }
        if let end = entry.end { job.audio.end = end }
        if let target = entry.targetLanguage { job.targetLanguage = target }
        if let source = entry.sourceLanguage { job.sourceLanguage = source }
        if let deadline = entry.deadline { job.deadlineDate = deadline.after(start) }
        if !entry.labels.isEmpty { job.labels.merge(entry.labels) { _, entrys in entrys } }
        if let sha256 = try entry.sha256 ?? examination.sha256(path: path) { job.audio.sha256 = sha256 }
        if let duration = try entry.duration ?? length(path, at: entry.place) { job.audio.durationHint = duration }
        return job
    }

    /// A recording's length as far as it is asked for. What can't be read is noted: its job would fail, the others not.
    private mutating func length(_ path: String?, at place: SourcePlace) throws -> Double? {
        guard let path, examination.readsLengths else { return nil }
        do {
            return try examination.length(path: path)
        } catch let error as AudioError {
            summary.unreadable.append(BatchProblem(place: place, message: error.message))
            return nil
        }
    }
}
