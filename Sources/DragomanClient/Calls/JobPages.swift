import GRPCCore
import TranslationAPI

/// Jobs that a gateway lists, got page by page while they are gone through.
public struct JobPages: AsyncSequence, Sendable {
    /// A job.
    public typealias Element = DragomanClient.Job

    let client: DragomanClient
    let request: Dragoman_V1_ListJobsRequest

    /// Begins at the first page.
    public func makeAsyncIterator() -> Iterator { Iterator(client: client, request: request) }

    /// Goes through the jobs once.
    public struct Iterator: AsyncIteratorProtocol {
        private let client: DragomanClient
        /// For the next page; `nil` after the last one.
        private var request: Dragoman_V1_ListJobsRequest?
        private var page: ArraySlice<DragomanClient.Job> = []

        init(client: DragomanClient, request: Dragoman_V1_ListJobsRequest) {
            self.client = client
            self.request = request
        }

        /// The next job.
        /// - Throws: ``DragomanError``, or `CancellationError`.
        public mutating func next() async throws -> DragomanClient.Job? {
            while page.isEmpty, let request {
                let response = try await client.call(timeout: client.configuration.timeout) {
                    stub, metadata, options in
                    try await stub.listJobs(
                        request: ClientRequest(message: request, metadata: metadata), options: options)
                }
                page = response.jobs.map(DragomanClient.Job.init)[...]
                self.request?.pageToken = response.nextPageToken
                if response.nextPageToken.isEmpty { self.request = nil }
            }
            return page.popFirst()
        }
    }
}
