import Jobs

/// Where the jobs of a batch go.
package protocol JobSink: Sendable {
    /// A job that is ready to be sent.
    associatedtype Item: Sendable

    /// Jobs that are sent together, at most.
    var chunkSize: Int { get }

    /// Makes a job ready. Runs where it may take its time.
    func prepare(_ job: TranslationJob) throws -> Item

    /// Sends jobs; returns when the brokers have those that were accepted.
    func send(_ items: [Item]) async throws -> SentChunk<Item>
}

/// What became of jobs that were sent together.
package struct SentChunk<Item: Sendable>: Sendable {
    /// Jobs that the brokers have.
    package var acknowledgedCount: Int
    /// Where they lie, as far as that is known.
    package var positions: [(partition: Int32, offset: Int64)]
    /// Jobs to be sent again later: there is no room for them now.
    package var refused: [Item]

    package init(acknowledgedCount: Int, positions: [(partition: Int32, offset: Int64)] = [], refused: [Item] = []) {
        self.acknowledgedCount = acknowledgedCount
        self.positions = positions
        self.refused = refused
    }
}
