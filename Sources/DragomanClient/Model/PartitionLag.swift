import FoundationEssentials
import TranslationAPI

extension DragomanClient {
    /// How far the workers are in one partition.
    public struct PartitionLag: Sendable, Hashable {
        /// The topic.
        public var topic: String
        /// The partition's number.
        public var partition: Int32
        /// The first offset that can still be read.
        public var lowOffset: Int64
        /// The offset the next job will get.
        public var endOffset: Int64
        /// The offset of the first job that is not finished; `nil` where the workers have committed nothing.
        public var committedOffset: Int64?
        /// Jobs that are not finished.
        public var lag: Int64
        /// The worker that has the partition, where the brokers tell.
        public var owner: String?
        /// Jobs that are not finished: the lag without those that are finished out of their order.
        public var waiting: Int64
        /// Their audio; `nil` where there is nothing to tell by.
        public var audioSeconds: Double?
        /// When the first of them was submitted.
        public var oldest: Date?

        init(_ partition: Dragoman_V1_PartitionLag) {
            topic = partition.topic
            self.partition = partition.partition
            lowOffset = partition.lowOffset
            endOffset = partition.endOffset
            committedOffset = partition.hasCommittedOffset ? partition.committedOffset : nil
            lag = partition.lag
            owner = partition.owner.isEmpty ? nil : partition.owner
            waiting = partition.waitingCount
            audioSeconds = partition.hasAudioSeconds ? partition.audioSeconds : nil
            oldest = partition.hasOldestSubmitTime ? partition.oldestSubmitTime.dateInRange : nil
        }
    }
}
