import ArgumentParser

struct ModelCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "model",
        abstract: "Look at models.",
        subcommands: [ModelInfoCommand.self, ModelVerifyCommand.self])
}
