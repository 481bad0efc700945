import FoundationEssentials
import Jobs
import TranslationAPI

extension DragomanClient {
    /// A job as the gateway knows it.
    public struct Job: Sendable, Hashable, Identifiable {
        /// As it was submitted.
        public var submitted: TranslationJob
        /// How far it is.
        public var state: State
        /// What came of it; `nil` while it waits, and where it was not asked for.
        public var result: TranslationResult?
        /// Where it lies.
        public var origin: JobOrigin?
        /// Whether it was called off; it may have been finished before anybody heard of that.
        public var isCancelRequested: Bool
        /// When the brokers got it.
        public var createDate: Date?

        /// The job's id.
        public var id: String { submitted.id }
        /// Its batch; empty for none.
        public var batchID: String { submitted.batchID }
        /// Which of its runs it is.
        public var run: UInt32 { submitted.run }

        init(_ job: Dragoman_V1_Job) {
            submitted = job.job
            state = State(job.state)
            result = job.hasResult ? job.result : nil
            origin = job.hasOrigin ? job.origin : nil
            isCancelRequested = job.cancelRequested
            createDate = job.hasCreateTime ? job.createTime.dateInRange : nil
        }
    }
}
