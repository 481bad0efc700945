import FoundationEssentials
import TranslationAPI

extension DragomanClient {
    /// A batch as the gateway knows it.
    public struct Batch: Sendable, Hashable, Identifiable {
        /// The batch's id.
        public var id: String
        /// Its highest run.
        public var run: UInt32
        /// Jobs known of.
        public var jobCount: Int
        /// Whether all of them are submitted.
        public var isFinishedSubmitting: Bool
        /// Jobs by state; those of its highest run count.
        public var states: [Job.State: Int]
        /// Seconds of audio, as far as they are known: of finished jobs what was translated, of others what was hinted.
        public var audioSeconds: Double
        /// Seconds of audio that were translated.
        public var finishedAudioSeconds: Double
        /// Labels of the batch.
        public var labels: [String: String]
        /// When it was begun.
        public var createDate: Date?
        /// When the last of its jobs was finished.
        public var finishDate: Date?

        /// Jobs that are finished.
        public var finishedCount: Int { states.reduce(0) { $0 + ($1.key.isFinished ? $1.value : 0) } }

        init(_ batch: Dragoman_V1_Batch) {
            id = batch.batchID
            run = batch.run
            jobCount = Int(batch.jobCount)
            isFinishedSubmitting = batch.finishedSubmitting
            states = Dictionary(batch.states.map { (Job.State($0.state), Int($0.count)) }, uniquingKeysWith: +)
            audioSeconds = batch.audioSeconds
            finishedAudioSeconds = batch.finishedAudioSeconds
            labels = batch.labels
            createDate = batch.hasCreateTime ? batch.createTime.dateInRange : nil
            finishDate = batch.hasFinishTime ? batch.finishTime.dateInRange : nil
        }
    }
}
