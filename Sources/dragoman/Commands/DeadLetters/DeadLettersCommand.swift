import ArgumentParser

struct DeadLettersCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dead-letters",
        abstract: "Look at the messages that were given up, send them again, or throw them away.",
        discussion: """
            A message that can't be read, a job that failed for a while too often, and one that took its workers down with \
            it become dead letters: the original bytes, key and headers, and beside them the reason, the class of failure \
            (unreadable, permanent, transient or lethal), the attempts, the worker and where the message was submitted.
            """,
        subcommands: [
            DeadLettersListCommand.self, DeadLettersShowCommand.self, DeadLettersReplayCommand.self,
            DeadLettersPurgeCommand.self,
        ])
}
