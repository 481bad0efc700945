import Coordinator
import DragomanClient
import FoundationEssentials
import Jobs

extension GatewayFleet {
    /// A reading that the gateway takes; it does not tell the name of the workers' group.
    public func lag() async throws -> LagReport {
        try await asking {
            let (partitions, lanes) = try await client.backlog()
            var report = LagReport(
                group: nil, time: Date(),
                partitions: partitions.map { PartitionLag($0, tellsWaiting: !lanes.isEmpty) },
                ownersAreKnown: partitions.contains { $0.owner != nil })
            report.backlogs = lanes.map(LaneBacklog.init)
            return report
        }
    }
}

extension PartitionLag {
    /// - Parameter tellsWaiting: Whether the gateway knows of jobs that are finished out of their order.
    fileprivate init(_ lag: DragomanClient.PartitionLag, tellsWaiting: Bool) {
        self.init(
            topic: lag.topic, partition: lag.partition, low: lag.lowOffset.asOffset, end: lag.endOffset.asOffset,
            committed: lag.committedOffset?.asOffset, owner: lag.owner,
            isDelayed: RetryDelay.allCases.contains { lag.topic.hasSuffix("retries.\($0.rawValue)") })
        if tellsWaiting { finishedAhead = max(0, self.lag - lag.waiting.asOffset) }
        audioSeconds = lag.audioSeconds?.asAmount
        oldest = lag.oldest
    }
}

extension LaneBacklog {
    fileprivate init(_ lane: DragomanClient.LaneBacklog) {
        self.init(topic: lane.topic, jobs: lane.waiting.asOffset)
        audioSeconds = lane.audioSeconds?.asAmount
        oldest = lane.oldest
        drain = lane.drainRate.map {
            DrainRate(
                jobs: $0.jobs.asAmount, audio: $0.audio.asAmount, jobsError: $0.jobsError.asAmount,
                audioError: $0.audioError.asAmount)
        }
        timeToEmpty = lane.timeToEmpty.map {
            TimeEstimate(seconds: $0.seconds.asAmount, least: $0.least.asAmount, most: $0.most?.asAmount)
        }
    }
}

extension Int64 {
    /// What a gateway says may be any number; with these one can reckon.
    var asOffset: Int64 { Swift.min(Swift.max(0, self), 1 << 48) }
}

extension Double {
    /// The same for what is measured.
    fileprivate var asAmount: Double { self > 0 ? Swift.min(self, 1e15) : 0 }
}
