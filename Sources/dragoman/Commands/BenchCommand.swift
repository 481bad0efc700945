import ArgumentParser
import Audio
import CommandSupport
import Compute
import Foundation
import Platform

struct BenchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench",
        abstract: "Measure how fast a model is on this machine.",
        discussion: """
            Measured are the encoder, a step of the decoder, a whole utterance, several utterances together, and the time \
            from opening the model to a first translation of two seconds, with the model in memory and on disk. Between \
            these it measures what the machine can do: how fast all threads read memory, which bounds a step of the \
            decoder, and how fast they multiply, which bounds the encoder.

            Searches don't end before their last token, so that all models work the same. For the cold start the system is \
            asked to drop its copy of the model; what other processes use stays in memory.

            Examples:
              dragoman bench --model 300m.dragoman
              dragoman bench --model 300m.dragoman --clip talk.flac --json

            \(ExitStatus.table)
            """)

    @OptionGroup(title: "Engine") var engine: EngineArguments

    @Option(help: "Seconds of synthetic sound to translate; 10 if neither this nor --clip is given.")
    var seconds: Double?

    @Option(help: ArgumentHelp("A recording to translate instead.", valueName: "file"), completion: .file())
    var clip: String?

    @Option(help: "Number of beams.")
    var beams = 5

    @Option(help: "Tokens of a translation.")
    var tokens = 30

    @Option(help: "Utterances translated together.")
    var batch = 8

    @Option(help: "Measurements of each kind.")
    var repetitions = 5

    @Flag(help: "One JSON object: all measurements with median, least and most, in seconds.")
    var json = false

    @OptionGroup(title: "General") var progress: ProgressArguments
    @OptionGroup(title: "General") var configurationFile: ConfigurationArguments

    func validate() throws {
        guard seconds == nil || clip == nil else { throw ValidationError("give --seconds or --clip, not both") }
        guard (0.1...600).contains(seconds ?? 10) else { throw ValidationError("--seconds: expected 0.1 to 600") }
        for (option, value, range) in [
            ("--beams", beams, 1...64), ("--tokens", tokens, 1...200), ("--batch", batch, 1...64),
            ("--repetitions", repetitions, 1...1000),
        ] where !range.contains(value) {
            throw ValidationError("\(option): expected \(range.lowerBound) to \(range.upperBound)")
        }
    }

    func run() async throws {
        let settings = try await configurationFile.settings()
        let samples =
            try clip.map { try AudioDecoder().decode(path: $0).samples }
            ?? SyntheticSpeech.samples(seconds: seconds ?? 10)
        let audioSeconds = Double(samples.count) / Double(AudioClip.sampleRate)
        guard audioSeconds >= 0.1 else { throw ValidationError("--clip: expected 0.1 s of sound or more") }
        let benchmark = Benchmark(
            path: try engine.modelPath(settings),
            threads: try engine.threadCount(settings, default: Processors.available),
            instructionSet: try .select(environment: ProcessInfo.processInfo.environment),
            work: BenchReport.Work(
                audioSeconds: audioSeconds, clip: clip,
                beams: beams, tokens: tokens, batch: batch, repetitions: repetitions),
            samples: samples)
        let display = progress.display
        defer { display.stop() }
        let report = try await interruptible {
            display.start("opening the model")
            return try await benchmark.run { display.update($0) }
        }
        display.stop()
        if json {
            StandardOutput.writeLine(try JSONLine.string(report))
        } else {
            for line in report.lines { StandardOutput.writeLine(line) }
        }
    }
}
