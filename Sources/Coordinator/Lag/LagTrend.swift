/// How a backlog changes, from the readings of the last while.
public struct LagTrend: Sendable {
    private struct Point: Sendable {
        var time: ContinuousClock.Instant
        var lags: [String: Int64]
    }

    private let window: Duration
    private var points: [Point] = []

    /// Creates a trend without readings.
    /// - Parameter window: how far back to look; longer evens out more.
    public init(window: Duration = .seconds(60)) {
        self.window = window
    }

    /// Takes a reading.
    public mutating func add(_ report: LagReport, at time: ContinuousClock.Instant) {
        let lags = Dictionary(report.lanes.map { ($0, report.lag(of: $0)) }) { first, _ in first }
        points.append(Point(time: time, lags: lags))
        // One reading from before the window stays, so that slow readings have something to be compared with.
        while points.count > 2, points[1].time.duration(to: time) >= window { points.removeFirst() }
    }

    /// Jobs a second by which a lane's backlog grows, negative where it shrinks; `nil` before the second reading.
    /// - Parameter lane: a lane's topic; `nil` takes all together.
    public func change(of lane: String?) -> Double? {
        guard let first = points.first, let last = points.last else { return nil }
        let seconds = first.time.duration(to: last.time) / .seconds(1)
        guard seconds > 0 else { return nil }
        return Double(Self.lag(of: lane, last) - Self.lag(of: lane, first)) / seconds
    }

    /// How long until a lane is empty if it goes on as it does; `nil` where it does not shrink or is empty.
    public func timeToEmpty(of lane: String?) -> Duration? {
        guard let last = points.last, let change = change(of: lane), change < 0 else { return nil }
        let lag = Self.lag(of: lane, last)
        return lag > 0 ? .seconds(Double(lag) / -change) : nil
    }

    private static func lag(of lane: String?, _ point: Point) -> Int64 {
        guard let lane else { return point.lags.values.reduce(0, +) }
        return point.lags[lane] ?? 0
    }
}
