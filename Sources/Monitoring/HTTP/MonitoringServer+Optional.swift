extension MonitoringServer? {
    /// Runs `body`, and serves meanwhile where there is a server.
    /// - Throws: As ``MonitoringServer/run(onListening:beside:)``.
    public func run<Success: Sendable>(
        onListening: @escaping @Sendable (_ address: String) -> Void = { _ in },
        beside body: () async throws -> Success
    ) async throws -> Success {
        guard let self else { return try await body() }
        return try await self.run(onListening: onListening, beside: body)
    }
}
