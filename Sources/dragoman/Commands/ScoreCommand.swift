import ArgumentParser
import CommandSupport
import Evaluation
import Platform

struct ScoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "score",
        abstract:
            "Compare translations with references: BLEU and chrF2, as sacreBLEU \(SacreBLEU.version) computes them.",
        discussion: """
            Files are UTF-8 text with a segment each line. Scores and signatures are those of sacreBLEU, to the last digit.

            Several files of translations are compared with the first by paired bootstrap resampling, on the samples that \
            sacreBLEU draws with the same seed (--paired-bs): scores with their 95% intervals, and how probable a difference \
            as large is where two are essentially one system.

            Examples:
              dragoman score --reference ref.txt --hypothesis ours.txt
              dragoman score --reference ref.zh --hypothesis f32.zh int8.zh \\
                --tokenize zh --json

            \(ExitStatus.table)
            """)

    @Option(help: ArgumentHelp("What the segments should have become.", valueName: "file"), completion: .file())
    var reference: String

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp("What they became; one file for each system.", valueName: "file"), completion: .file())
    var hypothesis: [String]

    @OptionGroup var metric: MetricArguments

    @Flag(help: "Orders of chrF2 that a text is too short for count as next to nothing, as in chrF++.py.")
    var chrfEpsSmoothing = false

    @Option(help: ArgumentHelp("Decimals of the scores.", valueName: "number"))
    var width = 1

    @Flag(help: "One JSON object for each file of translations, with all digits.")
    var json = false

    func validate() throws {
        guard !hypothesis.isEmpty else { throw ValidationError("--hypothesis: expected a file or more") }
        guard (0...15).contains(width) else { throw ValidationError("--width: expected 0 to 15") }
    }

    func run() async throws {
        let report = try await interruptible { [self] in
            try await BlockingCall.run { _ in
                try ScoreReport(
                    reference: SegmentFile(path: reference), hypotheses: hypothesis.map(SegmentFile.init(path:)),
                    bleu: BLEU(tokenizer: metric.tokenize ?? .thirteenA),
                    chrf: CHRF(smoothsWithEpsilon: chrfEpsSmoothing), resampling: metric.resampling)
            }
        }
        for line in json ? report.jsonLines : report.lines(decimals: width) { StandardOutput.writeLine(line) }
    }
}
