import GRPCCore
import TranslationAPI

/// One page of a list of jobs.
struct JobList: Sendable {
    let index: JobIndex
    let request: Dragoman_V1_ListJobsRequest

    private static let defaultSize = 100
    private static let largestSize = 1_000

    /// - Throws: `GoogleRPCStatus`.
    func page() async throws -> Dragoman_V1_ListJobsResponse {
        guard request.pageSize <= Self.largestSize else {
            throw ServiceError.invalid("page_size", "expected 1 to \(Self.largestSize), or 0")
        }
        for state in request.states where !JobState.known.contains(state) {
            throw ServiceError.invalid("states", "there is no state \(state.rawValue)")
        }
        let size = request.pageSize == 0 ? Self.defaultSize : Int(request.pageSize)
        var listed = JobIndex.ListRequest(count: size + 1, withResults: !request.withoutResults)
        listed.batch = request.batchID.isEmpty ? nil : request.batchID
        if !request.states.isEmpty { listed.states = request.states }
        let point: OffsetVector
        if request.pageToken.isEmpty {
            // A page of another gateway must not show less than this one did.
            point = index.waiters.applied
        } else {
            let token = try read(request.pageToken)
            (point, listed.after) = (token.point, token.after)
            try await index.catchUp(with: point, patience: JobSubmitter.patience)
        }
        let jobs = try await index.list(listed)
        var response = Dragoman_V1_ListJobsResponse()
        var room = ResponseRoom()
        for job in jobs.prefix(size) {
            let message = try job.message(index.topics)
            guard room.takes(message) else { break }
            response.jobs.append(message)
        }
        if jobs.count > response.jobs.count, let last = jobs[response.jobs.count - 1].position {
            response.nextPageToken = write(point, last)
        }
        return response
    }

    /// What a token belongs to.
    private var subject: [UInt8] {
        Array(request.batchID.utf8) + [0] + Set(request.states.map(\.rawValue)).sorted().map { UInt8(clamping: $0) }
    }

    private func write(_ point: OffsetVector, _ last: RecordPosition) -> String {
        var writer = TokenWriter(.page, request: subject)
        writer.append(UInt64(last.topic))
        writer.append(UInt64(last.partition))
        writer.append(UInt64(last.offset))
        point.write(to: &writer)
        return writer.finish()
    }

    private func read(_ token: String) throws -> (point: OffsetVector, after: RecordPosition) {
        if var reader = TokenReader(token, .page, request: subject), let topic = reader.next(), topic < 64,
            let partition = reader.next(), partition <= UInt64(Int32.max), let offset = reader.next(),
            offset <= UInt64(Int64.max), let point = OffsetVector(from: &reader), reader.isAtEnd
        {
            return (
                point, RecordPosition(topic: Int(topic), partition: Int32(partition), offset: Int64(offset))
            )
        }
        throw ServiceError.make(
            .invalidArgument, .invalidToken,
            "page_token: expected one from the last answer to the same request, as it was received",
            metadata: ["field": "page_token"])
    }
}
