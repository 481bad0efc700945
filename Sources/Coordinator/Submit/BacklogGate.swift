/// Keeps what waits for the workers below a limit.
package struct BacklogGate {
    /// Reads how much waits.
    let backlog: @Sendable () async throws -> Int64
    let limit: Int64
    /// How many jobs may be sent before looking again.
    private var room: Int64 = 0

    package init(limit: Int, backlog: @escaping @Sendable () async throws -> Int64) {
        self.limit = Int64(limit)
        self.backlog = backlog
    }

    /// Whether there is room without looking again.
    var isOpen: Bool { room > 0 }

    /// Takes as much of the room as there is, at most `wanted`.
    mutating func take(_ wanted: Int) -> Int {
        let taken = min(Int64(wanted), max(room, 0))
        room -= taken
        return Int(taken)
    }

    /// Gives back what was taken and not used.
    mutating func giveBack(_ count: Int) {
        room += Int64(count)
    }

    /// Looks again. All that was sent has to be acknowledged, or it would not be counted.
    /// - Returns: what waits.
    mutating func look() async throws -> Int64 {
        let backlog = try await backlog()
        room = limit - backlog
        return backlog
    }
}
