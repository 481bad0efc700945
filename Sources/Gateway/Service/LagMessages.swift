import Coordinator
import FoundationEssentials
import SwiftProtobuf
import TranslationAPI

extension Dragoman_V1_PartitionLag {
    init(_ lag: PartitionLag) {
        self.init()
        topic = lag.topic
        partition = lag.partition
        lowOffset = lag.low
        endOffset = lag.end
        if let committed = lag.committed { committedOffset = committed }
        self.lag = lag.lag
        owner = lag.owner ?? ""
        waitingCount = lag.waiting
        if let seconds = lag.audioSeconds { audioSeconds = seconds }
        if let oldest = lag.oldest { oldestSubmitTime = Google_Protobuf_Timestamp(date: oldest) }
    }
}

extension Dragoman_V1_LaneBacklog {
    init(_ backlog: LaneBacklog) {
        self.init()
        topic = backlog.topic
        waitingCount = backlog.jobs
        if let seconds = backlog.audioSeconds { audioSeconds = seconds }
        if let oldest = backlog.oldest { oldestSubmitTime = Google_Protobuf_Timestamp(date: oldest) }
        if let drain = backlog.drain {
            drainRate.jobsPerSecond = drain.jobs
            drainRate.jobsError = drain.jobsError
            drainRate.audioSecondsPerSecond = drain.audio
            drainRate.audioError = drain.audioError
        }
        if let estimate = backlog.timeToEmpty {
            timeToEmpty.seconds = estimate.seconds
            timeToEmpty.leastSeconds = estimate.least
            if let most = estimate.most { timeToEmpty.mostSeconds = most }
        }
    }
}
