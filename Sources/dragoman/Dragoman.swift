import ArgumentParser

struct Dragoman: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dragoman",
        abstract: "Translates recorded speech with XLS-R speech-translation models: alone, or as a fleet on Kafka.",
        discussion: """
            Flags override environment variables (DRAGOMAN_BROKERS for --brokers and so on), which override the YAML \
            file given with --config.

            Data goes to standard output, messages and progress to standard error.

            \(ExitStatus.table)
            """,
        version: Version.current,
        subcommands: [
            TranslateCommand.self, BrokerCommand.self, WorkerCommand.self, SubmitCommand.self, GatherCommand.self,
            StatusCommand.self,
        ])
}
