import Testing

@testable import Worker

@Suite struct StagnationTests {
    private static let start = ContinuousClock.now

    private func at(_ seconds: Double) -> ContinuousClock.Instant { Self.start + .seconds(seconds) }

    /// Looks each second, from the first to the last.
    private func standstill(
        until end: Int, _ pulse: (Int) -> Pulse, isAsleep: (Int) -> Bool = { _ in false }
    ) -> (second: Int, Stagnation.Standstill)? {
        var stagnation = Stagnation(limit: .seconds(10), interval: .seconds(1), start: Self.start)
        for second in 1...end where !isAsleep(second) {
            if let found = stagnation.check(pulse(second), at: at(Double(second))) { return (second, found) }
        }
        return nil
    }

    @Test func lifeIsNotDisturbed() {
        #expect(standstill(until: 100) { Pulse(lastPoll: at(Double($0)), jobsInEngine: 0, engineProgress: 3) } == nil)
        let busy = standstill(until: 100) {
            Pulse(lastPoll: at(Double($0)), jobsInEngine: 4, engineProgress: UInt64($0 / 9))
        }
        #expect(busy == nil)
        #expect(standstill(until: 100) { Pulse(lastPoll: at(Double($0)), jobsInEngine: 4, engineProgress: nil) } == nil)
    }

    @Test func aThreadThatDoesNotPollIsNoticed() throws {
        let found = standstill(until: 100) { _ in Pulse(lastPoll: at(20), jobsInEngine: 0) }
        #expect(try #require(found).second == 31)
        #expect(try #require(found).1 == .polling(.seconds(11)))
    }

    @Test func anEngineThatDoesNotGetOnIsNoticed() throws {
        let found = standstill(until: 100) { second in
            Pulse(lastPoll: at(Double(second)), jobsInEngine: second < 50 ? 0 : 2, engineProgress: 7)
        }
        #expect(try #require(found).second == 61)
        #expect(try #require(found).1 == .engine(.seconds(11), jobs: 2))
    }

    @Test func aProcessThatWasSuspendedIsGivenTime() throws {
        let pulse = { (second: Int) in
            Pulse(lastPoll: second < 20 ? at(Double(second)) : at(20), jobsInEngine: 1, engineProgress: UInt64(second))
        }
        let found = standstill(until: 100, pulse) { (20..<60).contains($0) }
        #expect(try #require(found).second == 71)
    }
}
