import Checkpoint
import CommandSupport
import Compute
import Platform
import SpeechTranslation

/// Measures a model on this machine, and between the measurements what the machine can do.
struct Benchmark: Sendable {
    /// Tokens of the two searches whose difference is the time of steps: what a search costs once is not in it.
    private static let (shortSearch, longSearch) = (8, 24)
    /// The first translation after a start.
    private static let (startSeconds, startTokens) = (2.0, 10)

    let path: String
    let threads: Int
    let instructionSet: InstructionSet
    let work: BenchReport.Work
    let samples: [Float]

    /// - Parameter progress: called with what is being measured.
    /// - Throws: `CheckpointError` and the like where the model can't be used; `CancellationError`.
    func run(progress: @Sendable (String) -> Void) async throws -> BenchReport {
        // The cold start first, while this process has none of the model's pages mapped.
        _ = try Checkpoint(path: path)
        progress("cold start")
        let residentShare = ModelFiles(path: path).forget()
        let cold = try await start()
        let probe = try MachineProbe(threads: threads, instructionSet: instructionSet)
        let translator = cold.translator
        let linear = try translator.encoderLinearLayers(sampleCount: samples.count)
        var report = try report(translator, linear)
        report.coldResidentShare = residentShare
        report.coldStart.add(cold)

        progress("warming up")
        let utterance = try await translator.encode(samples)
        _ = try await steps(of: 1, translator, utterance)
        for repetition in 1...work.repetitions {
            try await measure(translator, utterance, linear, probe, into: &report) { what in
                progress("repetition \(repetition) of \(work.repetitions): \(what)")
            }
        }
        return report
    }

    private func measure(
        _ translator: Translator, _ utterance: Translator.EncodedUtterance, _ linear: Translator.LinearLayers,
        _ probe: MachineProbe, into report: inout BenchReport, progress: (String) -> Void
    ) async throws {
        func limits() async throws -> MachineLimits {
            let limits = try await BlockingCall.run { _ in probe.measure() }
            report.limits.add(limits)
            return limits
        }
        let whole = Translator.MeasuredJob(.samples(samples), tokens: work.tokens)

        progress("encoder")
        report.encoder.add(try await seconds { _ = try await translator.encode(samples) })
        let beforeLinear = try await limits()
        let linearSeconds = try await seconds { try await translator.run(linear) }
        let afterLinear = try await limits()
        report.linearLayers.add(linearSeconds)
        report.linearPeakShare.add(
            MachineLimits.mean(beforeLinear, afterLinear).seconds(of: linear.operations) / linearSeconds)

        progress("decoder")
        let step = try await steps(of: 1, translator, utterance)
        let limit = MachineLimits.mean(afterLinear, try await limits())
        report.decoderStep.add(step)
        report.stepBandwidthShare.add(Double(report.stepBytes) / step / limit.bandwidth)

        progress("whole utterance")
        report.utterance.add(
            try await seconds { _ = try await translator.generate([whole], beams: work.beams, atATime: 1) })
        progress("\(work.batch) utterances together")
        report.batchStep.add(try await steps(of: work.batch, translator, utterance))
        report.batch.add(
            try await seconds {
                let jobs = Array(repeating: whole, count: work.batch)
                _ = try await translator.generate(jobs, beams: work.beams, atATime: work.batch)
            })
        _ = try await limits()
        progress("warm start")
        report.warmStart.add(try await start())
    }

    /// Seconds of a step of so many utterances together.
    private func steps(
        of count: Int, _ translator: Translator, _ utterance: Translator.EncodedUtterance
    ) async throws -> Double {
        func search(_ tokens: Int) async throws -> Double {
            let jobs = Array(repeating: Translator.MeasuredJob(.encoded(utterance), tokens: tokens), count: count)
            return try await seconds { _ = try await translator.generate(jobs, beams: work.beams, atATime: count) }
        }
        let short = try await search(Self.shortSearch)
        let long = try await search(Self.longSearch)
        return (long - short) / Double(Self.longSearch - Self.shortSearch)
    }

    /// A translator, and how long it took until it was there and had translated.
    struct Started {
        let translator: Translator
        let loadSeconds: Double
        let totalSeconds: Double
    }

    private func start() async throws -> Started {
        let clock = ContinuousClock()
        let begin = clock.now
        let checkpoint = try Checkpoint(path: path)
        let translator = try Translator(checkpoint: checkpoint, threads: threads)
        let loaded = clock.now
        let job = Translator.MeasuredJob(
            .samples(SyntheticSpeech.samples(seconds: Self.startSeconds)), tokens: Self.startTokens)
        _ = try await translator.generate([job], beams: work.beams, atATime: 1)
        return Started(
            translator: translator, loadSeconds: (loaded - begin) / .seconds(1),
            totalSeconds: (clock.now - begin) / .seconds(1))
    }

    private func report(_ translator: Translator, _ linear: Translator.LinearLayers) throws -> BenchReport {
        let checkpoint = translator.checkpoint
        let processor = ProcessorDescription.current
        return BenchReport(
            version: Version.current,
            model: BenchReport.Model(
                name: checkpoint.name, precision: checkpoint.packedPrecision ?? "f32",
                bytes: checkpoint.mappedByteCount,
                // A folder's digest would take reading all of it.
                digest: checkpoint.packedPrecision == nil ? nil : checkpoint.digest()),
            machine: BenchReport.Machine(
                processor: processor.name ?? "unknown processor", features: processor.features.sorted(),
                threads: threads, kernels: instructionSet.rawValue, blas: ComputeContext.blasDescription),
            work: work, stepBytes: try translator.decoderStepByteCount(),
            linearOperations: linear.operations.values.reduce(0, +))
    }

    private func seconds(_ body: () async throws -> Void) async throws -> Double {
        try await ContinuousClock().measure(body) / .seconds(1)
    }
}

extension BenchReport.Start {
    fileprivate mutating func add(_ started: Benchmark.Started) {
        total.add(started.totalSeconds)
        load.add(started.loadSeconds)
    }
}
