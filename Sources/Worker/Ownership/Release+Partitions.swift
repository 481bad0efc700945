import Jobs
import Kafka

extension Release {
    /// Says that nothing was wrong with the jobs a session has started on partitions.
    init(_ session: UInt32, sequence: UInt64, _ partitions: [KafkaPartition]) {
        self.init()
        self.session = session
        self.sequence = sequence
        self.partitions = partitions.map { partition in
            var name = PartitionName()
            name.topic = partition.topic
            name.partition = partition.partition
            return name
        }
    }
}
