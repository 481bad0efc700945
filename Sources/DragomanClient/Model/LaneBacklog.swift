import FoundationEssentials
import TranslationAPI

extension DragomanClient {
    /// What waits in a lane or for a delay, and how fast it gets less.
    public struct LaneBacklog: Sendable, Hashable {
        /// How fast the workers get on, over the last five minutes.
        public struct DrainRate: Sendable, Hashable {
            /// Jobs a second.
            public var jobs: Double
            /// Standard error of ``jobs``.
            public var jobsError: Double
            /// Seconds of audio a second.
            public var audio: Double
            /// Standard error of ``audio``.
            public var audioError: Double
        }

        /// When nothing will wait any more if nothing is added, in seconds.
        public struct TimeToEmpty: Sendable, Hashable {
            /// The best guess.
            public var seconds: Double
            /// It will hardly be sooner.
            public var least: Double
            /// It will hardly be later; `nil` where too little is known to say.
            public var most: Double?
        }

        /// The topic.
        public var topic: String
        /// Jobs that are not finished.
        public var waiting: Int64
        /// Their audio; `nil` where there is nothing to tell by.
        public var audioSeconds: Double?
        /// When the first of them was submitted.
        public var oldest: Date?
        /// `nil` where nothing came of late.
        public var drainRate: DrainRate?
        /// `nil` where nothing gets on.
        public var timeToEmpty: TimeToEmpty?

        init(_ backlog: Dragoman_V1_LaneBacklog) {
            topic = backlog.topic
            waiting = backlog.waitingCount
            audioSeconds = backlog.hasAudioSeconds ? backlog.audioSeconds : nil
            oldest = backlog.hasOldestSubmitTime ? backlog.oldestSubmitTime.dateInRange : nil
            if backlog.hasDrainRate {
                let rate = backlog.drainRate
                drainRate = DrainRate(
                    jobs: rate.jobsPerSecond, jobsError: rate.jobsError, audio: rate.audioSecondsPerSecond,
                    audioError: rate.audioError)
            }
            if backlog.hasTimeToEmpty {
                let time = backlog.timeToEmpty
                timeToEmpty = TimeToEmpty(
                    seconds: time.seconds, least: time.leastSeconds, most: time.hasMostSeconds ? time.mostSeconds : nil)
            }
        }
    }
}
