import ArgumentParser
import CommandSupport
import Coordinator
import Jobs
import Logging
import Platform

struct DeadLettersShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show a dead letter: why it is one, its headers, and the job or the beginning of the bytes.",
        discussion: """
            Of a job all dead letters are shown, those too that were replayed or purged. With --raw the original bytes of \
            the first one go to standard output as they are.

            Examples:
              dragoman dead-letters show call-17 --brokers kafka:9092
              dragoman dead-letters show 0/42 --brokers kafka:9092 --raw > message

            \(ExitStatus.table)
            """)

    @Argument(help: ArgumentHelp("A job's id, or partition and offset.", valueName: "id|partition/offset"))
    var name: String

    @Flag(help: "One JSON object for each, with the bytes in Base64.")
    var json = false

    @Flag(help: "The original bytes.")
    var raw = false

    @OptionGroup(title: "Kafka") var kafka: KafkaArguments
    // Topics have no group; it is taken so that one set of options serves all of the fleet's commands.
    @OptionGroup(title: "Kafka") var group: GroupArguments
    @OptionGroup(title: "General") var configurationFile: ConfigurationArguments
    @OptionGroup(title: "General") var log: LogArguments

    func validate() throws {
        guard !json || !raw else { throw ValidationError("--json and --raw exclude each other") }
    }

    func run() async throws {
        let settings = try await configurationFile.settings()
        let topics = try kafka.topics(settings)
        var filter = DeadLetterFilter()
        filter.names = try DeadLetterArguments.names([name])
        let logger = try log.logger(settings, default: .critical)
        let connection = try kafka.configuration(settings)
        let count = try await interruptible { [self, filter] in
            try await DeadLetterBox(kafka: connection, topics: topics, logger: logger).use { box in
                try await show(box, filter)
            }
        }
        guard count > 0 else {
            StandardError.writeLine("dragoman: there is no dead letter \(name) in \(topics.deadLetters)")
            throw ExitStatus.someFailed
        }
    }

    private func show(_ box: DeadLetterBox, _ filter: DeadLetterFilter) async throws -> Int {
        var count = 0
        try await box.forEach(filter, includesHandled: true) { letter in
            count += 1
            if raw {
                try SystemCalls.write(letter.value ?? [], to: StandardOutput.descriptor)
                return false
            }
            let page = DeadLetterPage(letter)
            if json {
                StandardOutput.writeLine(page.json)
            } else {
                if count > 1 { StandardOutput.writeLine("") }
                for line in page.lines { StandardOutput.writeLine(line) }
            }
            return true
        }
        return count
    }
}
