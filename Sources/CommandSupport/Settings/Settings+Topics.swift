import Jobs

extension Settings {
    /// What the fleet's topics are called.
    /// - Throws: `JobsError` for names that can't be.
    package func topics() throws -> TopicNames {
        try TopicNames(
            prefix: string(.prefix) ?? TopicNames.defaultPrefix, jobs: string(.topicsJobs),
            bulkJobs: string(.topicsBulk))
    }
}
