import ArgumentParser
import Coordinator

struct TopicsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "topics",
        abstract: "Create the fleet's topics, or check them.",
        subcommands: [TopicsCreateCommand.self, TopicsCheckCommand.self])
}
