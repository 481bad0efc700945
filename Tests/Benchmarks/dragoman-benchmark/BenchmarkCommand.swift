import ArgumentParser

/// Dragoman's benchmarks: without a subcommand, its side of `run.sh`.
@main struct BenchmarkCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dragoman-benchmark",
        subcommands: [BenchmarkProcess.self, KernelBenchmark.self, LayerErrors.self, PackCommand.self],
        defaultSubcommand: BenchmarkProcess.self)
}
