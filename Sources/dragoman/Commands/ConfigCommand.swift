import ArgumentParser
import CommandSupport

struct ConfigCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config",
        abstract: "Show the settings.",
        subcommands: [ConfigShowCommand.self])
}
