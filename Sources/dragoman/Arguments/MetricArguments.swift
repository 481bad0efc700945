import ArgumentParser
import Evaluation

/// How translations are compared with references.
struct MetricArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "How BLEU cuts segments into words: 13a, zh, char or none. (default: 13a; for recordings zh into Chinese and "
                + "char into Japanese)", valueName: "name"))
    var tokenize: BLEUTokenizer?

    @Option(help: ArgumentHelp("Samples of the paired bootstrap.", valueName: "number"))
    var bootstrap = Resampling().count

    @Option(help: ArgumentHelp("Where the generator of the samples begins.", valueName: "number"))
    var seed = Resampling().seed

    func validate() throws {
        guard (1...1_000_000).contains(bootstrap) else {
            throw ValidationError("--bootstrap: expected 1 to 1000000 samples")
        }
    }

    var resampling: Resampling { Resampling(count: bootstrap, seed: seed) }
}

extension BLEUTokenizer: ExpressibleByArgument {}
