import GRPCCore
import TranslationAPI

extension JobIndex {
    /// Waits until a point of the topics is worked in.
    /// - Throws: `GoogleRPCStatus` (INDEX_BEHIND) when it takes longer than `patience`; `CancellationError`.
    func catchUp(with point: OffsetVector, patience: Duration) async throws {
        let isThere = try await withThrowingTaskGroup(of: Bool.self) { group in
            group.addTask { [waiters] in
                try await waiters.wait(for: point)
                return true
            }
            group.addTask {
                try await Task.sleep(for: patience)
                return false
            }
            defer { group.cancelAll() }
            return try await group.next() ?? false
        }
        guard isThere else {
            throw ServiceError.make(
                .unavailable, .indexBehind,
                "the index has not come as far as was asked for within \(patience); ask again", retryAfter: .seconds(1))
        }
    }
}
