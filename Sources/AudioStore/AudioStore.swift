/// Where jobs' audio comes from: turns the URI of a job into a local file.
public protocol AudioStore: Sendable {
    /// Makes the audio available as a local file.
    /// - Parameter uri: The URI of the job, as it was written.
    /// - Throws: ``AudioStoreError``.
    func fetch(_ uri: String) async throws -> FetchedAudio
}
