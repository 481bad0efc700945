import FoundationEssentials
import Testing

@testable import Coordinator

@Suite struct PointInTimeTests {
    @Test(arguments: [
        ("2026-11-22T13:40:00Z", 1_795_354_800.0), ("2026-11-22T13:40:00.250Z", 1_795_354_800.25),
        ("2026-11-22T14:40:00+01:00", 1_795_354_800),
    ])
    func dates(text: String, seconds: Double) {
        #expect(PointInTime(text) == .date(Date(timeIntervalSince1970: seconds)))
    }

    @Test(arguments: [("90s", 90.0), ("30m", 1800), ("2h", 7200), ("1h30m", 5400), ("7d", 604_800), ("0.5h", 1800)])
    func lengths(text: String, seconds: Double) throws {
        let now = Date(timeIntervalSince1970: 1_000_000)
        let time = try #require(PointInTime(text))
        #expect(time.after(now) == now + seconds && time.before(now) == now - seconds)
    }

    @Test(arguments: [
        "", "2", "h", "2 h", "-2h", "2w", "1e9d", "tomorrow", "2026-11-22", "2026-13-22T13:40:00Z", "..s",
    ])
    func others(text: String) {
        #expect(PointInTime(text) == nil)
    }
}
