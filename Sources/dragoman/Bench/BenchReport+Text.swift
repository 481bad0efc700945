import Foundation

extension BenchReport {
    /// For people.
    var lines: [String] { heading + [""] + table + [""] + limitTable }

    private var heading: [String] {
        let sound = work.clip ?? "synthetic sound"
        return [
            "\(model.name), \(model.precision), \(bytes(model.bytes)); dragoman \(version), kernels \(machine.kernels), "
                + machine.blas,
            "\(machine.processor), \(count(machine.threads, "thread")); medians of \(work.repetitions)",
            "\(sound), \(number(work.audioSeconds)) s; \(count(work.beams, "beam")), \(count(work.tokens, "token"))",
        ]
    }

    private var table: [String] {
        var table = TextTable([("", .left), ("median", .right), ("least", .right), ("most", .right), ("", .left)])
        func add(_ name: String, _ series: Series, _ remark: String = "") {
            table.add([name, time(series.median), time(series.least), time(series.most), remark])
        }
        let (step, whole) = (Double(work.batch) * decoderStep.median, Double(work.batch) * utterance.median)
        add("encoder", encoder, "\(number(work.audioSeconds / encoder.median)) times as fast as speech")
        add(
            "its linear layers", linearLayers,
            "\(number(Double(linearOperations) / linearLayers.median / 1e9)) GOP/s, "
                + "\(percent(linearPeakShare.median)) of the peak")
        add(
            "decoder step", decoderStep,
            "\(number(Double(stepBytes) / decoderStep.median / 1e9)) GB/s, "
                + "\(percent(stepBandwidthShare.median)) of the bandwidth")
        add("whole utterance", utterance)
        add(
            "step of \(work.batch) utterances", batchStep,
            "\(number(step / batchStep.median, 2)) times the throughput of one after another")
        add("\(work.batch) whole utterances", batch, "\(number(whole / batch.median, 2)) times")
        add(
            "start, model in memory", warmStart.total,
            "to the first translation; \(time(warmStart.load.median)) to load")
        let cold =
            coldResidentShare > 0.01
            ? "\(percent(coldResidentShare)) of the model could not be evicted" : "model evicted from memory first"
        add("start, model on disk", coldStart.total, cold)
        return table.lines
    }

    private var limitTable: [String] {
        var table = TextTable([("limit", .left), ("median", .right), ("least", .right), ("most", .right), ("", .left)])
        for (name, series, unit) in [
            ("memory bandwidth", limits.bandwidth, "GB/s"), ("float32 peak", limits.float32, "GFLOP/s"),
            ("bfloat16 peak", limits.bfloat16, "GFLOP/s"), ("int8 peak", limits.int8, "GOP/s"),
        ] {
            table.add(
                [name] + [series.median, series.least, series.most].map { number($0 / 1e9) } + [unit])
        }
        return table.lines
    }

    private func time(_ seconds: Double) -> String {
        switch seconds {
        case ..<1e-3: "\(number(seconds * 1e6)) µs"
        case ..<1: "\(number(seconds * 1e3)) ms"
        default: "\(number(seconds, 2)) s"
        }
    }

    private func bytes(_ count: Int) -> String {
        count < 1_000_000_000 ? "\(number(Double(count) / 1e6)) MB" : "\(number(Double(count) / 1e9, 2)) GB"
    }

    private func percent(_ share: Double) -> String { "\(number(100 * share, 0))%" }

    private func count(_ number: Int, _ noun: String) -> String { ReadableNumber.counted(number, noun) }

    private func number(_ value: Double, _ digits: Int = 1) -> String {
        value.isFinite ? String(format: "%.\(digits)f", value) : "-"
    }
}
