import TranslationAPI

/// News of watched jobs.
public struct WatchUpdate: Sendable, Hashable {
    /// What changed; may be empty, to renew the token.
    public var jobs: [DragomanClient.Job]
    /// To go on from, once this update is dealt with.
    public var resumeToken: String
    /// Whether everything that stood at the beginning has come.
    public var isCaughtUp: Bool
    /// Whether all begins anew, since what the last token stood for is not kept any more: jobs that came before come again.
    public var isRestart: Bool

    init(_ response: Dragoman_V1_WatchJobsResponse, isRestart: Bool) {
        jobs = response.jobs.map(DragomanClient.Job.init)
        resumeToken = response.resumeToken
        isCaughtUp = response.caughtUp
        self.isRestart = isRestart
    }
}
