extension Result where Failure == any Error {
    /// What became of something that has to be cleaned up after.
    init(_ body: () async throws -> Success) async {
        do {
            self = .success(try await body())
        } catch {
            self = .failure(error)
        }
    }
}
