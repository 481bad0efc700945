/// What the page shows of the fleet, as `/api/overview` tells it. Times are milliseconds since 1970.
struct PageOverview: Sendable, Encodable {
    struct Lag: Sendable, Encodable {
        struct Partition: Sendable, Encodable {
            let topic: String
            let partition: Int32
            let lag: Int64
            let owner: String?
            /// Whether jobs wait here to be tried again.
            let isDelayed: Bool
            /// By column of `times`.
            let history: [Int64]
        }

        let waiting: Int64
        let delayed: Int64
        /// `nil`: it doesn't shrink.
        let etaSeconds: Double?
        let error: Bool
        let times: [Int64]
        let partitions: [Partition]
    }

    struct Jobs: Sendable, Encodable {
        let waiting: Int
        let delayed: Int
        let succeeded: Int
        let failed: Int
        let cancelled: Int
        let deadlineExceeded: Int
        let deadLettered: Int
        let waitingAudioSeconds: Double
    }

    struct Throughput: Sendable, Encodable {
        let jobsPerSecond: Double?
        let audioPerSecond: Double?
        let realTimeFactor: Double?
        /// Seconds of audio a second, over the last quarter of an hour.
        let history: [Double]
    }

    struct Worker: Sendable, Encodable {
        struct Job: Sendable, Encodable {
            let id: String
            let batch: String
            let topic: String
            let partition: Int32
        }

        /// Empty for jobs of which the broker does not tell who runs them.
        let name: String
        /// Whether it is in the group now, or may be.
        let isMember: Bool
        /// `nil`: the broker does not tell.
        let partitions: Int?
        let running: [Job]
        let model: String?
        let precision: String?
        let realTimeFactor: Double?
        let lastResult: Int64?
    }

    struct Failure: Sendable, Encodable {
        let job: String
        let batch: String
        let time: Int64
        let state: String
        let reason: String
        let message: String
        let worker: String
        let attempt: UInt32
    }

    struct Uploads: Sendable, Encodable {
        let isOn: Bool
        /// In bytes.
        let limit: Int
        let suffixes: [String]
    }

    let time: Int64
    let version: String
    let group: String?
    let lag: Lag
    let jobs: Jobs
    let throughput: Throughput
    let batches: [PageBatch]
    let workers: [Worker]
    let failures: [Failure]
    let uploads: Uploads
}
