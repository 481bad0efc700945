import Jobs

/// Which run of a job was the latest at a time.
struct RunsByTime {
    private let submissions: [String: [Submission]]

    init(_ submissions: [Submission]) {
        self.submissions = Dictionary(grouping: submissions, by: \.job).mapValues {
            $0.sorted { $0.time < $1.time }
        }
    }

    /// - Returns: `nil` for a job that had not been submitted by then.
    func run(of job: String, at time: Int64) -> JobRun? {
        let latest = submissions[job]?.last { $0.time <= time }
        return latest.map { JobRun(jobID: $0.job, run: $0.run) }
    }
}
