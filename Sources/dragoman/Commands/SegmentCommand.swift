import ArgumentParser
import Audio
import CommandSupport
import Jobs
import Segmentation
import Worker

struct SegmentCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "segment",
        abstract: "Show where somebody speaks in recordings, and where they would be cut.",
        discussion: """
            A line for each segment: file, beginning, end, seconds of speech in it and mean probability of speech. Nothing \
            is translated, and no model is needed.

            With --json an object for each file: its segments, the stretches of speech as Silero's own tools find them \
            (without padding), and with --probabilities that of every window of 32 ms.

            Examples:
              dragoman segment lecture.mp3
              dragoman segment --segmentation divide-and-conquer --max-segment 15 \\
                --json --probabilities lecture.mp3

            \(ExitStatus.table)
            """)

    @Argument(help: "Recordings.")
    var files: [String]

    @OptionGroup(title: "Segmentation") var segmentation: SegmentationArguments

    @Flag(help: "One JSON object a line for each file.")
    var json = false

    @Flag(help: "Give the probability that somebody speaks for every 32 ms; only with --json.")
    var probabilities = false

    func validate() throws {
        guard json || !probabilities else { throw ValidationError("--probabilities: only with --json") }
    }

    func run() async throws {
        var failed = 0
        for file in files {
            do {
                try await show(file)
            } catch let error as CancellationError {
                throw error
            } catch {
                let failure = JobFailure(error)
                StandardError.writeLine("dragoman: \(file): \(failure.reason.schemaName): \(failure.message)")
                failed += 1
            }
        }
        guard failed == 0 else {
            StandardError.writeLine("dragoman: \(failed) of \(files.count) files failed")
            throw ExitStatus.someFailed
        }
    }

    private func show(_ file: String) async throws {
        let options = segmentation.options
        let report = try await interruptible { [json] in
            let source = try await BlockingWork.run {
                try SegmentSource(path: file, options, keepsProbabilities: json)
            }
            var report = SegmentReport(file: file)
            while let segment = try await BlockingWork.run({ try source.next() }) {
                try Task.checkCancellation()
                guard segment.isSpeech else { continue }
                let line = SegmentReport.Segment(segment)
                if json { report.segments.append(line) } else { StandardOutput.writeLine(line.text(file)) }
            }
            report.seconds = source.duration
            report.probabilities = source.probabilities
            return report
        }
        if json { StandardOutput.writeLine(report.json(options.activity, withProbabilities: probabilities)) }
    }
}
