import GRPCCore
import SwiftProtobuf
import TranslationAPI

/// One watch: jobs as they stand, or as they have changed since a token, and then their changes.
struct JobWatch: Sendable {
    let index: JobIndex
    let request: Dragoman_V1_WatchJobsRequest

    private static let pageSize = 200
    /// How often a token is renewed where nothing changes.
    private static let renewal = Duration.seconds(30)

    private let selection: JobIndex.Selection
    /// What a token belongs to.
    private let subject: [UInt8]

    /// - Throws: `GoogleRPCStatus` for a request that makes no sense.
    init(index: JobIndex, request: Dragoman_V1_WatchJobsRequest) throws {
        self.index = index
        self.request = request
        guard request.batchID.isEmpty || request.jobIds.isEmpty else {
            throw ServiceError.invalid("job_ids", "expected a batch_id or ids of jobs, not both")
        }
        guard request.jobIds.count <= 1_000 else { throw ServiceError.invalid("job_ids", "expected at most 1000 ids") }
        selection =
            !request.batchID.isEmpty ? .batch(request.batchID) : request.jobIds.isEmpty ? .all : .names(request.jobIds)
        if request.untilFinished, selection == .all {
            throw ServiceError.invalid("until_finished", "expected a batch_id or ids of jobs to watch")
        }
        subject = Array(request.batchID.utf8) + [0] + request.jobIds.sorted().flatMap { Array($0.utf8) + [0] }
    }

    /// Sends until everything is finished, where that was asked for, or the call ends.
    func run(_ send: (Dragoman_V1_WatchJobsResponse) async throws -> Void) async throws {
        // Before the first look, so that nothing falls between.
        let changes = index.changes.listen()
        var last: Int64 = 0
        var token = ""
        if !request.resumeToken.isEmpty {
            let point = try point(of: request.resumeToken)
            try await index.catchUp(with: point, patience: JobSubmitter.patience)
            token = request.resumeToken
            last = try await index.lastChange()
            try await sendChanges(since: point, token: token, send)
        }
        var isCaughtUp = false
        var lastSending = ContinuousClock.now
        while true {
            let news = try await index.changes(after: last, selection, limit: Self.pageSize)
            last = news.last
            let earlier = token
            if let point = news.point { token = self.token(point) }
            let isNews = !news.jobs.isEmpty || !isCaughtUp && news.point != nil
            isCaughtUp = isCaughtUp || news.point != nil
            if isNews || lastSending.duration(to: .now) >= Self.renewal {
                // Who breaks off between two answers begins where the ones before these left off.
                var answers = try responses(news.jobs, token: earlier)
                answers[answers.count - 1].resumeToken = token
                answers[answers.count - 1].caughtUp = isCaughtUp
                for answer in answers { try await send(answer) }
                lastSending = .now
            }
            if news.isFinished, request.untilFinished { return }
            guard news.point != nil else { continue }
            try await Self.wait(changes, atMost: Self.renewal)
        }
    }

    /// Sends what changed since a point, partition by partition.
    private func sendChanges(
        since point: OffsetVector, token: String, _ send: (Dragoman_V1_WatchJobsResponse) async throws -> Void
    ) async throws {
        for (partition, begin) in try await index.beginnings() {
            let offset = point.offsets[partition] ?? 0
            guard offset >= begin || point.offsets[partition] == nil && begin == 0 else {
                throw ServiceError.make(
                    .outOfRange, .tokenExpired,
                    "resume_token: what changed since is not kept any more; watch without a token")
            }
            var next: Int64? = offset
            while let from = next {
                let page = try await index.changes(by: partition, from: from, selection, limit: Self.pageSize)
                if !page.jobs.isEmpty {
                    for answer in try responses(page.jobs, token: token) { try await send(answer) }
                }
                next = page.next
            }
        }
    }

    /// Jobs in as few answers as they fit into; at least one.
    private func responses(_ jobs: [IndexedJob], token: String) throws -> [Dragoman_V1_WatchJobsResponse] {
        var empty = Dragoman_V1_WatchJobsResponse()
        empty.resumeToken = token
        var (responses, room) = ([empty], ResponseRoom())
        for job in jobs {
            let message = try job.message(index.topics)
            if !room.takes(message) {
                responses.append(empty)
                room = ResponseRoom()
                _ = room.takes(message)
            }
            responses[responses.count - 1].jobs.append(message)
        }
        return responses
    }

    private func token(_ point: OffsetVector) -> String {
        var writer = TokenWriter(.watch, request: subject)
        point.write(to: &writer)
        return writer.finish()
    }

    private func point(of token: String) throws -> OffsetVector {
        guard var reader = TokenReader(token, .watch, request: subject), let point = OffsetVector(from: &reader),
            reader.isAtEnd
        else {
            throw ServiceError.make(
                .invalidArgument, .invalidToken,
                "resume_token: expected one from an earlier watch of the same jobs, as it was received",
                metadata: ["field": "resume_token"])
        }
        return point
    }

    /// Waits for a change, or for a while.
    private static func wait(_ changes: AsyncStream<Void>, atMost patience: Duration) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { for await _ in changes { return } }
            group.addTask { try await Task.sleep(for: patience) }
            try await group.next()
            group.cancelAll()
        }
        try Task.checkCancellation()
    }
}
