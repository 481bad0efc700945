import GRPCCore
import Jobs
import TranslationAPI

extension DragomanClient {
    /// Submits a job; returns when the brokers have it.
    ///
    /// The same job again (same batch, id, run and contents) is the same job, and returned as it stands. A job without an
    /// id gets the one that is derived from what it asks for, before it is sent: so a call that is made twice since its
    /// answer was lost leaves one job.
    /// - Parameters:
    ///   - job: what to translate, and into which language.
    ///   - lane: whether somebody waits for it.
    ///   - timeout: `nil` takes that of the configuration.
    /// - Throws: ``DragomanError``, such as invalidArgument, jobAlreadyExists, backlogLimit or quotaExceeded.
    @discardableResult
    public func submit(
        _ job: TranslationJob, lane: Lane = .interactive, timeout: Duration? = nil
    ) async throws -> Job {
        try await submit(job, lane, isOnlyChecked: false, timeout)
    }

    /// Checks a job as ``submit(_:lane:timeout:)`` would, and submits nothing.
    /// - Returns: the job as it would be.
    /// - Throws: ``DragomanError``.
    public func validate(
        _ job: TranslationJob, lane: Lane = .interactive, timeout: Duration? = nil
    ) async throws -> Job {
        try await submit(job, lane, isOnlyChecked: true, timeout)
    }

    private func submit(
        _ job: TranslationJob, _ lane: Lane, isOnlyChecked: Bool, _ timeout: Duration?
    ) async throws -> Job {
        var request = Dragoman_V1_SubmitJobRequest(job, lane)
        request.validateOnly = isOnlyChecked
        return Job(
            try await call(timeout: timeout ?? configuration.timeout) { [request] stub, metadata, options in
                try await stub.submitJob(request: ClientRequest(message: request, metadata: metadata), options: options)
            })
    }
}

extension Dragoman_V1_SubmitJobRequest {
    /// - Parameter job: gets its derived id where it has none.
    init(_ job: TranslationJob, _ lane: DragomanClient.Lane) {
        self.init()
        self.job = job
        if job.id.isEmpty { self.job.id = job.derivedID }
        self.lane =
            switch lane {
            case .interactive: .interactive
            case .bulk: .bulk
            }
    }
}
