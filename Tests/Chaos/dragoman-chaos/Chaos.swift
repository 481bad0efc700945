import ArgumentParser

@main
struct Chaos: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dragoman-chaos", abstract: "Break a fleet on purpose.",
        subcommands: [RunCommand.self, VerifyCommand.self, WorkerCommand.self])
}
