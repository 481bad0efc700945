import ArgumentParser
import CommandSupport

struct Dragoman: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dragoman",
        abstract: "Translates recorded speech with XLS-R speech-translation models: alone, or as a fleet on Kafka.",
        discussion: """
            Flags override environment variables (DRAGOMAN_BROKERS for --brokers and so on), which override the YAML \
            file given with --config; 'dragoman config show' prints what is in force.

            Data goes to standard output, messages and progress to standard error.

            \(ExitStatus.table)
            """,
        version: Version.current,
        subcommands: [
            TranslateCommand.self,
            SegmentCommand.self,
        ],
        groupedSubcommands: [
            CommandGroup(
                name: "Jobs",
                subcommands: [
                    SubmitCommand.self,
                    GatherCommand.self,
                    StatusCommand.self,
                    CancelCommand.self,
                ]),
            CommandGroup(
                name: "Fleet",
                subcommands: [
                    WorkerCommand.self,
                    TopicsCommand.self,
                    LagCommand.self, ExporterCommand.self,
                    DeadLettersCommand.self,
                    BrokerCommand.self,
                ]),
            CommandGroup(
                name: "Models",
                subcommands: [
                    ConvertCommand.self,
                    ModelCommand.self,
                    LanguagesCommand.self,
                    PlanCommand.self,
                    BenchCommand.self,
                ]),
            CommandGroup(
                name: "Quality",
                subcommands: [
                    EvaluateCommand.self,
                    ScoreCommand.self,
                ]),
            CommandGroup(
                name: "Installation",
                subcommands: [
                    DoctorCommand.self,
                    ConfigCommand.self,
                    VersionCommand.self,
                    CompletionsCommand.self,
                    ManualCommand.self,
                ]),
        ])
}
