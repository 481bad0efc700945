extension DragomanClient {
    /// The way that jobs take to the workers.
    public enum Lane: Sendable, Hashable, CaseIterable {
        /// Somebody waits for the results.
        case interactive
        /// Nobody does.
        case bulk
    }
}
