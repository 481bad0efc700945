import Foundation
import Jobs
import Kafka
import TestSupport
import Testing

/// 900 jobs of 2 s and 100 of 600 s on two partitions, at a hundredth of their length: what the exporter says is compared
/// with what an independent client sees, and with what came of it.
@Suite(.timeLimit(.minutes(12)), .serialized) struct ExporterTests {
    /// Seconds of audio.
    private static let (short, long) = (0.02, 6.0)
    /// Seconds in the engine for a second of audio.
    private static let pace = 0.25
    /// Seconds, for the rate.
    private static let window = 6.0

    private struct Reading {
        let time: Double
        let jobs: Double
        let audio: Double?
        let timeToEmpty: Double
        /// Jobs a second.
        let rate: Double
    }

    @Test(arguments: [true, false]) func mixedLengths(hasHints: Bool) async throws {
        let fleet = try await TestFleet(.independent, partitions: 2)
        let lengths = try await submit(to: fleet, hasHints: hasHints)
        let exporter = try await ExporterProcess(fleet, ["--window", "\(Self.window)"])
        let before = try await waiting(exporter) { $0 == 1000 }
        if hasHints { #expect(abs((before.audio ?? 0) - lengths.values.reduce(0, +)) < 0.1) }

        // A part of it, and the fleet stops.
        let first = try ChaosWorker(fleet, name: "first", inFlight: 6)
        _ = try await waiting(exporter) { $0 < 700 }
        try await compareLag(exporter, fleet)
        first.tool.send(SIGTERM)
        _ = try await first.tool.outcome()
        let left = try await 1000 - independentResults(fleet)
        let stopped = try await waiting(exporter) { $0 == Double(left) }
        print("the fleet stopped: \(left) jobs wait for an independent client, \(Int(stopped.jobs)) for the exporter")

        // The rest, to its end.
        let second = try ChaosWorker(fleet, name: "second", inFlight: 6)
        let started = Date().timeIntervalSince1970
        var readings: [Reading] = []
        while readings.last?.jobs != 0 {
            readings.append(try await reading(exporter))
            try await Task.sleep(for: .milliseconds(300))
        }
        second.tool.send(SIGTERM)
        let results = try await FleetRecords(fleet).read(fleet.prefix + "results").map { record in
            (time: Double(record.timestampMilliseconds ?? 0) / 1000, seconds: lengths[Self.key(record)] ?? 0)
        }
        check(readings.filter { $0.time > started }, results, lengths.values.reduce(0, +), since: started, hasHints)
    }

    /// - Returns: How long each job's recording is.
    private func submit(to fleet: TestFleet, hasHints: Bool) async throws -> [String: Double] {
        var lengths: [String: Double] = [:]
        var records: [KafkaProducerRecord] = []
        for number in 0..<1000 {
            // Evenly, in both partitions: only then is a drain of a few seconds a steady one.
            let seconds = [0, 11].contains(number % 20) ? Self.long : Self.short
            var job = TranslationJob()
            job.id = "j\(number)"
            // Nobody can tell the lengths within a batch but by hints.
            job.batchID = seconds == Self.long ? "long" : "short"
            job.audio.uri = "chaos:j\(number)?sleep=\(Int(seconds * Self.pace * 1000))&audio=\(Int(seconds * 1000))"
            if hasHints { job.audio.durationHint = seconds }
            lengths[job.id] = seconds
            records.append(
                KafkaProducerRecord(
                    topic: fleet.prefix + "jobs", partition: Int32(number % 2), key: Array(job.id.utf8),
                    value: try MessageCodec.encode(job, as: .json)))
        }
        try await FleetRecords(fleet).write(records)
        return lengths
    }

    private static func key(_ record: KafkaRecord) -> String { String(decoding: record.key ?? [], as: UTF8.self) }

    private func reading(_ exporter: ExporterProcess) async throws -> Reading {
        let scrape = try await Scrape(exporter.address)
        let audio = scrape.values("dragoman_audio_seconds_waiting", #"lane="interactive""#)
        return Reading(
            time: scrape.sum("dragoman_lag_reader_last_success_timestamp_seconds"),
            jobs: scrape.sum("dragoman_jobs_waiting", #"lane="interactive""#),
            audio: audio.count == 2 ? audio.reduce(0, +) : nil,
            timeToEmpty: scrape.sum("dragoman_empty_eta_seconds", #"lane="interactive""#),
            rate: scrape.sum("dragoman_drain_rate_jobs_per_second", #"lane="interactive""#))
    }

    private func waiting(_ exporter: ExporterProcess, _ isThere: (Double) -> Bool) async throws -> Reading {
        try await waitFor(60) {
            let reading = try await reading(exporter)
            return isThere(reading.jobs) ? reading : nil
        }
    }

    /// The lag in records lies between an independent client's readings before and after.
    private func compareLag(_ exporter: ExporterProcess, _ fleet: TestFleet) async throws {
        let before = try await offsets(fleet, "jobs").map(\.lag).reduce(0, +)
        let taken = try await reading(exporter).time
        let lag = try await waitFor(20) {
            let scrape = try await Scrape(exporter.address)
            // One that was begun after the client's.
            return scrape.sum("dragoman_lag_reader_last_success_timestamp_seconds") > taken + 1
                ? scrape.sum("kafka_consumergroup_lag", #"topic="\#(fleet.prefix)jobs""#) : nil
        }
        let after = try await offsets(fleet, "jobs").map(\.lag).reduce(0, +)
        print("records behind: \(before) before, \(Int(lag)) by the exporter, \(after) after")
        #expect(lag <= Double(before) && lag >= Double(after))
    }

    private func independentResults(_ fleet: TestFleet) async throws -> Int {
        try await offsets(fleet, "results").reduce(0) { $0 + $1.end - $1.low }
    }

    private func offsets(_ fleet: TestFleet, _ topic: String) async throws -> [PythonClient.Offsets] {
        let python = try TestRequirement.variable("DRAGOMAN_TEST_PYTHON")
        let outcome = try await Program.run(
            python,
            [
                PythonClient.path, "offsets", "--brokers", fleet.brokers, "--group", fleet.group,
                fleet.prefix + topic,
            ])
        try #require(outcome.status == 0, "\(outcome.messages)")
        return try PythonClient.offsets(outcome.output)
    }

    private func check(
        _ readings: [Reading], _ results: [(time: Double, seconds: Double)], _ total: Double, since started: Double,
        _ hasHints: Bool
    ) {
        func truth(_ time: Double) -> Double {
            total - results.filter { $0.time <= time }.reduce(0) { $0 + $1.seconds }
        }
        #expect(results.count == 1000)
        let end = results.map(\.time).max() ?? 0
        // A reading takes a moment, after the time it bears.
        var worst = 0.0
        var compared = 0
        for each in readings where each.jobs > 0 {
            let (most, least) = (truth(each.time - 1), truth(each.time + 1))
            guard let audio = each.audio, most > 0 else {
                Issue.record("no audio at \(each.time)")
                continue
            }
            worst = max(worst, (audio - most) / most, (least - audio) / max(least, 1))
            compared += 1
        }
        // Steady: the window lies within the drain, and there is more to do than what is under way.
        let begin = (results.map(\.time).filter { $0 > started }.min() ?? end) + Self.window + 1
        let steady = readings.filter { $0.time > begin && truth($0.time) > total / 8 }
        let errors = steady.map { abs($0.timeToEmpty / (end - $0.time) - 1) }
        // How far windows of the drain itself are from what remains after them: neighbours make it unsteady, and no estimate
        // that knows the window alone can be nearer.
        let drifts = steady.map { reading in
            let before = (truth(reading.time - Self.window) - truth(reading.time)) / Self.window
            return abs(truth(reading.time) / (end - reading.time) / before - 1)
        }
        let drift = drifts.reduce(0, +) / Double(max(1, drifts.count))
        let error = errors.reduce(0, +) / Double(max(1, errors.count))
        print(
            "\(hasHints ? "with" : "without") hints: audio within \(percent(worst)) in \(compared) readings; "
                + "time to empty within \(percent(errors.max() ?? 0)), \(percent(error)) on average, in \(errors.count) readings "
                + "of a drain that drifts by \(percent(drift))")
        #expect(compared > 10 && worst < 0.1)
        #expect(steady.allSatisfy { $0.rate > 10 })
        #expect(!errors.isEmpty && error < 0.25 + drift)
    }

    private func percent(_ share: Double) -> String { "\((share * 1000).rounded() / 10)%" }
}
