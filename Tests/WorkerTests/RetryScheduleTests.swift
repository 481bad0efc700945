import Jobs
import Testing

@testable import Worker

@Suite struct RetryScheduleTests {
    @Test func aMinuteThenTenThenAnHourThenNoMore() {
        let schedule = RetrySchedule()
        #expect(schedule.step(after: 1) == .init(.oneMinute, .seconds(60)))
        #expect(schedule.step(after: 2) == .init(.tenMinutes, .seconds(600)))
        #expect(schedule.step(after: 3) == .init(.oneHour, .seconds(3600)))
        for tries in [4, 0, -1, .max, .min] { #expect(schedule.step(after: tries) == nil) }
        #expect(schedule.longestDuration == .seconds(3600))
    }

    @Test func mayBeEmpty() {
        let schedule = RetrySchedule(steps: [])
        #expect(schedule.step(after: 1) == nil && schedule.longestDuration == .zero)
    }
}
