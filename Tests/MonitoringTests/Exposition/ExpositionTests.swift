import Metrics
import Testing

@testable import Monitoring

@Suite struct ExpositionTests {
    @Test func theFormatIsTheClientsChoice() {
        #expect(ExpositionFormat(accept: nil) == .prometheus)
        #expect(ExpositionFormat(accept: "*/*") == .prometheus)
        #expect(ExpositionFormat(accept: "application/openmetrics-text") == .openMetrics)
        #expect(ExpositionFormat(accept: "application/openmetrics-text; version=0.0.1") == .prometheus)
        let prometheus =
            "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,"
            + "application/openmetrics-text;version=0.0.1;q=0.5,text/plain;version=0.0.4;q=0.3,*/*;q=0.2"
        #expect(ExpositionFormat(accept: prometheus) == .openMetrics)
        let plain = "text/plain;version=0.0.4;q=0.9, application/openmetrics-text;version=1.0.0;q=0.1"
        #expect(ExpositionFormat(accept: plain) == .prometheus)
        #expect(ExpositionFormat(accept: "application/openmetrics-text;q=0") == .prometheus)
    }

    @Test func openMetrics() {
        let registry = MetricRegistry([MetricDescription("jobs_total", .counter, #"Jobs "done"."#)])
        Counter(label: "jobs_total", dimensions: [], factory: registry).increment(by: 3)
        #expect(
            registry.text(.openMetrics)
                == "# HELP jobs Jobs \\\"done\\\".\n# TYPE jobs counter\njobs_total 3\n# EOF\n")
        #expect(
            registry.text(.prometheus)
                == "# HELP jobs_total Jobs \"done\".\n# TYPE jobs_total counter\njobs_total 3\n")
    }

    @Test func textIsEscaped() {
        let registry = MetricRegistry([MetricDescription("level", .gauge, "A\\B\nC")])
        Gauge(label: "level", dimensions: [("name", "a\"b\\c\nd")], factory: registry).record(1)
        #expect(registry.text(.prometheus).contains("# HELP level A\\\\B\\nC\n"))
        #expect(registry.text(.prometheus).contains(#"level{name="a\"b\\c\nd"} 1"#))
    }

    @Test func numbers() {
        let registry = MetricRegistry()
        func shown(_ value: Double) -> String {
            Gauge(label: "level", factory: registry).record(value)
            return registry.text(.prometheus).split(separator: "\n").last.map(String.init) ?? ""
        }
        #expect(shown(.infinity) == "level +Inf" && shown(-.infinity) == "level -Inf" && shown(.nan) == "level NaN")
        #expect(shown(1_700_000_000.5) == "level 1700000000.5" && shown(0) == "level 0" && shown(1e18) == "level 1e+18")
    }
}
