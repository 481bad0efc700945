import GRPCCore
import Jobs
import TranslationAPI

extension DragomanClient {
    /// Jobs of one call, and bytes of them, at most. What a call that breaks has to repeat, and what of a stream lies in
    /// memory.
    private static let (pieceCount, pieceSize) = (1000, 2_000_000)

    /// Submits as many jobs as a sequence gives; returns when the brokers have all of them. What is wrong with one is told
    /// in the summary and does not keep the others back.
    ///
    /// The sequence is asked for jobs as fast as the gateway takes them: never more than some thousand are in memory. They
    /// are sent in pieces, each of which is sent again when its call breaks.
    /// - Parameters:
    ///   - jobs: those without an id get the one that is derived from what they ask for.
    ///   - lane: whether somebody waits for them.
    ///   - progress: called with the summary so far, after each piece.
    /// - Throws: ``DragomanError``, or what the sequence throws; the jobs of earlier pieces are submitted then.
    @discardableResult
    public func submit<Source: AsyncSequence>(
        _ jobs: Source, lane: Lane = .interactive, progress: (SubmitSummary) async throws -> Void = { _ in }
    ) async throws -> SubmitSummary where Source.Element == TranslationJob {
        var summary = SubmitSummary()
        try await withThrowingTaskGroup(of: Dragoman_V1_SubmitJobsResponse.self) { group in
            var iterator = jobs.makeAsyncIterator()
            var sent: UInt64 = 0
            var underWay: UInt64?
            while true {
                // The next piece is got together while the last one is on its way.
                let piece = try await Self.piece(from: &iterator, lane)
                if let first = underWay.take(), let response = try await group.next() {
                    summary.add(response, firstIndex: first)
                    try await progress(summary)
                }
                guard !piece.isEmpty else { return }
                underWay = sent
                sent += UInt64(piece.count)
                group.addTask { try await self.send(piece) }
            }
        }
        return summary
    }

    /// Submits jobs that are there already; see ``submit(_:lane:progress:)``.
    @discardableResult
    public func submit(_ jobs: [TranslationJob], lane: Lane = .interactive) async throws -> SubmitSummary {
        try await submit(AsyncArray(elements: jobs), lane: lane)
    }

    private static func piece<Iterator: AsyncIteratorProtocol>(
        from jobs: inout Iterator, _ lane: Lane
    ) async throws -> [Dragoman_V1_SubmitJobRequest] where Iterator.Element == TranslationJob {
        var piece: [Dragoman_V1_SubmitJobRequest] = []
        var size = 0
        while piece.count < pieceCount, size < pieceSize, let job = try await jobs.next(isolation: #isolation) {
            let request = Dragoman_V1_SubmitJobRequest(job, lane)
            size += job.audio.uri.utf8.count + job.labels.reduce(100) { $0 + $1.key.utf8.count + $1.value.utf8.count }
            piece.append(request)
        }
        return piece
    }

    private func send(_ piece: [Dragoman_V1_SubmitJobRequest]) async throws -> Dragoman_V1_SubmitJobsResponse {
        try await call(timeout: configuration.streamTimeout) { stub, metadata, options in
            let request = StreamingClientRequest<Dragoman_V1_SubmitJobRequest>(metadata: metadata) { writer in
                for request in piece { try await writer.write(request) }
            }
            return try await stub.submitJobs(request: request, options: options)
        }
    }
}

/// An array that is read like a stream.
private struct AsyncArray<Element: Sendable>: AsyncSequence {
    struct AsyncIterator: AsyncIteratorProtocol {
        var rest: ArraySlice<Element>

        mutating func next() async -> Element? { rest.popFirst() }
    }

    let elements: [Element]

    func makeAsyncIterator() -> AsyncIterator { AsyncIterator(rest: elements[...]) }
}
