import Testing

@testable import dragoman_chaos

@Suite struct FaultScheduleTests {
    @Test func isTheSameForTheSameSeed() {
        let first = FaultSchedule(seed: 7, workers: 4, duration: .seconds(600)).faults
        let second = FaultSchedule(seed: 7, workers: 4, duration: .seconds(600)).faults
        #expect(first.map(\.fault) == second.map(\.fault))
        #expect(first.map(\.at) == second.map(\.at))
        #expect(FaultSchedule(seed: 8, workers: 4, duration: .seconds(600)).faults.map(\.fault) != first.map(\.fault))
    }

    @Test func leavesTheEndInPeace() throws {
        let last = try #require(FaultSchedule(seed: 1, workers: 4, duration: .seconds(600)).faults.last)
        #expect(last.at < .seconds(570))
    }
}
