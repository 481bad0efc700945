import Metrics
import Testing

@testable import Monitoring

@Suite struct MetricRegistryTests {
    private let registry = MetricRegistry([
        MetricDescription("jobs_total", .counter, "Jobs."),
        MetricDescription("rows", .histogram(bounds: [1, 5]), "Rows."),
    ])

    @Test func countersAddUp() {
        let labels = [("lane", "bulk")]
        Counter(label: "jobs_total", dimensions: labels, factory: registry).increment(by: 2)
        Counter(label: "jobs_total", dimensions: labels, factory: registry).increment()
        FloatingPointCounter(label: "jobs_total", dimensions: labels, factory: registry).increment(by: 0.5)
        #expect(lines.contains(#"jobs_total{lane="bulk"} 3.5"#))
    }

    @Test func gaugesKeepTheLast() {
        let gauge = Gauge(label: "level", factory: registry)
        gauge.record(3)
        gauge.record(-1.25)
        let meter = Meter(label: "meter", factory: registry)
        meter.set(4)
        meter.decrement(by: 1)
        #expect(lines.contains("level -1.25") && lines.contains("meter 3") && lines.contains("# TYPE level gauge"))
    }

    @Test func histogramsCountFromBelow() {
        let rows = Recorder(label: "rows", factory: registry)
        for value in [0.5, 1, 1.5, 5, 6] { rows.record(value) }
        rows.record(Double.nan)
        let expected = [
            "# HELP rows Rows.", "# TYPE rows histogram", #"rows_bucket{le="1.0"} 2"#, #"rows_bucket{le="5.0"} 4"#,
            #"rows_bucket{le="+Inf"} 5"#, "rows_sum 14", "rows_count 5",
        ]
        #expect(lines == expected)
    }

    @Test func timersAreInSeconds() {
        Timer(label: "took.seconds", dimensions: [], factory: registry).recordMilliseconds(1500)
        #expect(lines.contains("took_seconds_sum 1.5") && lines.contains(#"took_seconds_bucket{le="2.5"} 1"#))
        #expect(lines.contains(#"took_seconds_bucket{le="3600.0"} 1"#))
    }

    /// What would break a scrape is not shown.
    @Test func aNameThatIsUsedAsAnotherKindIsNotSeen() {
        Gauge(label: "jobs_total", factory: registry).record(7)
        #expect(lines.isEmpty)
        Counter(label: "jobs_total", dimensions: [], factory: registry).increment()
        #expect(lines.contains("jobs_total 1"))
    }

    @Test func sourcesAreAskedAtEachScrape() {
        let level = MetricDescription("level", .gauge, "Level.")
        registry.collect { [MetricFamily(level, [MetricFamily.Sample(2, [MetricLabel("a", "b")])])] }
        registry.collect { [MetricFamily(level, [])] }
        #expect(lines == ["# HELP level Level.", "# TYPE level gauge", #"level{a="b"} 2"#])
    }

    private var lines: [String] { registry.text(.prometheus).split(separator: "\n").map(String.init) }
}
