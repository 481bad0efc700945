import Jobs
import TranslationAPI

/// A job and what came of it, as `/api/jobs/…` tells it.
struct PageJob: Sendable, Encodable {
    let job: String
    let batch: String
    let state: String
    let isFinished: Bool
    let status: String?
    let text: String?
    let language: String?
    let audioSeconds: Double?
    let workSeconds: Double?
    let worker: String?
    let reason: String?
    let message: String?

    init(_ job: Dragoman_V1_Job) {
        let result = job.hasResult ? job.result : nil
        let error = result.flatMap { $0.hasError ? $0.error : nil }
        self.job = job.job.id
        batch = job.job.batchID
        state = job.state.name
        isFinished = job.state.isFinal
        status = result?.status.schemaName
        text = result?.text
        language = result?.targetLanguage
        audioSeconds = result?.audioSeconds
        workSeconds = result.map { $0.timings.decode + $0.timings.encode + $0.timings.generate }
        worker = result?.worker
        reason = error?.reason.schemaName
        message = error?.message
    }
}
