import Evaluation
import Foundation
import SpeechTranslation
import TestSupport
import Testing

@testable import dragoman

@Suite struct PlanTests {
    private func json(_ arguments: [String]) async throws -> [String: Any] {
        let outcome = try await Tool.run(["plan", "--json"] + arguments)
        try #require(outcome.status == 0, "\(outcome.messages)")
        return try #require(try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
    }

    /// The figures that plans rest on are those of the benchmark's last run, which writes them into the README.
    @Test(arguments: [
        ("float32", PackingPrecision.float32), ("bf16", .bfloat16), ("int8", .int8), ("mixed (default)", .mixed),
    ])
    func figuresAreTheBenchmarks(name: String, precision: PackingPrecision) throws {
        let readme = try String(contentsOf: Fixtures.root.appending(path: "README.md"), encoding: .utf8)
        let row = try #require(readme.split(separator: "\n").first { $0.hasPrefix("| Dragoman \(name) |") })
        let cells = row.split(separator: "|").map { $0.split(separator: " ").compactMap { Double($0) } }
        let encoder = try #require(cells[1].first)
        let step = try #require(cells[3].first) / 1000
        let speed = MeasuredSpeed(precision)
        #expect(abs(speed.encoder - encoder) < 1e-9 && abs(speed.step - step) < 1e-9, "README: \(row)")
        #expect(readme.contains("2 threads each"))
    }

    /// Without the small difference that beginning a search makes, encoder and 30 steps are an utterance of the benchmark.
    @Test func anUtteranceTakesWhatTheBenchmarkSays() {
        let seconds = FleetPlan.secondsPerSecond(MeasuredSpeed(.mixed), ratio: 1, tokens: 3, threads: 2) * 10
        #expect(abs(seconds - 2.83) < 0.1)
    }

    @Test func workOfTheEncoders() {
        #expect(abs(EncoderWork(CheckpointSize.small).operations / 1e9 - 36.1) < 0.5)
        #expect(abs(EncoderWork(.medium).ratio - 2.8) < 0.05)
        #expect(abs(EncoderWork(.large).ratio - 6.1) < 0.05)
    }

    @Test func threeWorkloads() async throws {
        let small = try await json(["--hours-per-day", "100", "--model", "300m"])
        #expect(small["workers"] as? Int == 2 && small["processors"] as? Int == 4 && small["partitions"] as? Int == 4)
        let middle = try await json([
            "--hours-per-day", "1000", "--model", "wav2vec2-xls-r-1b-21-to-en", "--threads", "4",
        ])
        #expect(middle["workers"] as? Int == 20 && middle["precision"] as? String == "mixed")
        let large = try await json([
            "--hours-per-day", "10000", "--model", "2b", "--precision", "int8", "--window", "12",
        ])
        #expect(large["workers"] as? Int == 1575)
    }

    /// Twice as much takes twice as many, and what the plan allows for fits into what the workers can do.
    @Test(arguments: [1.0, 50, 3000, 250_000])
    func thePlanSuffices(hours: Double) {
        let seconds = FleetPlan.secondsPerSecond(MeasuredSpeed(.mixed), ratio: 2.8, tokens: 3, threads: 4)
        let plan = FleetPlan(
            hoursPerDay: hours, window: 8, utilization: 0.6, threads: 4, drain: 600, secondsPerSecond: seconds)
        #expect(plan.hoursAtMost * 0.6 >= hours)
        #expect(plan.workers == 1 || Double(plan.workers - 1) * plan.window / seconds * 0.6 < hours)
        #expect(abs(Double(plan.audioPerWorker) * seconds - 600) <= seconds)
    }

    @Test func whatLiesHere() async throws {
        let model = try await json(["--hours-per-day", "10", "--model", DemoModel.checkpoint])
        #expect(model["precision"] as? String == "f32")
        let text = try await Tool.run(["plan", "--hours-per-day", "10", "--model", "300m", "--worker-seconds", "0.5"])
        #expect(text.output.contains("0.500 s of a worker for a second of audio, as --worker-seconds says"))
    }

    @Test(arguments: [
        (["--hours-per-day", "0", "--model", "300m"], "--hours-per-day"),
        (["--hours-per-day", "1", "--model", "5b"], "--model"),
        (["--hours-per-day", "1", "--model", "300m", "--window", "25"], "--window"),
        (["--hours-per-day", "1", "--model", "300m", "--utilization", "0"], "--utilization"),
    ])
    func refused(arguments: [String], option: String) async throws {
        let outcome = try await Tool.run(["plan"] + arguments)
        #expect(outcome.status == 2 && outcome.messages.contains(option), "\(outcome.messages)")
    }
}
