import ArgumentParser
import Coordinator
import Jobs
import Kafka
import Logging

struct LagCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lag",
        abstract: "Show how many jobs wait, by lane and partition.",
        discussion: """
            The lag of a partition is its end less what the workers' group has committed; where nothing is committed, all \
            there is. Jobs in hand count until they are committed. The group is not joined: looking changes nothing.

            With --watch, Ctrl-C is the usual end: the exit code is 0.

            Examples:
              dragoman lag --brokers kafka:9092
              dragoman lag --brokers kafka:9092 --watch 5
              dragoman lag --brokers kafka:9092 --json | jq .lag

            \(ExitStatus.table)
            """)

    @Option(
        name: .long, defaultAsFlag: 2.0,
        help: ArgumentHelp("Read again every so many seconds, until Ctrl-C.", valueName: "seconds"))
    var watch: Double?

    @Flag(help: "Show partitions without lag too.")
    var all = false

    @Flag(help: "One JSON object a reading.")
    var json = false

    @OptionGroup(title: "Kafka") var kafka: KafkaArguments
    @OptionGroup(title: "Kafka") var group: GroupArguments
    @OptionGroup(title: "General") var configurationFile: ConfigurationArguments
    @OptionGroup(title: "General") var log: LogArguments

    func validate() throws {
        if let watch, !(0.1...86_400).contains(watch) {
            throw ValidationError("--watch: expected 0.1 to 86400 seconds")
        }
    }

    func run() async throws {
        let settings = try await configurationFile.settings()
        let topics = try kafka.topics(settings)
        let reader = try LagReader(
            kafka: kafka.configuration(settings), topics: topics, group: group.name(settings, topics: topics),
            logger: log.logger(settings, default: .critical))
        do {
            try await interruptible { [self] in
                if let watch {
                    try await follow(reader, every: .seconds(watch))
                } else {
                    try show(await reader.read(), trend: nil, on: nil)
                }
            }
            await reader.close()
        } catch {
            await reader.close()
            throw error
        }
    }

    /// Shows one reading after another until the task is cancelled. Once there was one, brokers that don't answer for a
    /// while are no reason to end.
    private func follow(_ reader: LagReader, every interval: Duration) async throws {
        var trend = LagTrend()
        var last: LagReport?
        let page = Page()
        while !Task.isCancelled {
            let start = ContinuousClock.now
            do {
                let report = try await reader.read()
                trend.add(report, at: .now)
                try show(report, trend: trend, on: page)
                last = report
            } catch let error as KafkaError {
                guard let last else { throw error }
                StandardError.writeLine("dragoman: no reading since \(last.time.timeOfDay): \(error)")
            }
            try? await Task.sleep(until: start + interval)
        }
    }

    private func show(_ report: LagReport, trend: LagTrend?, on page: Page?) throws {
        if json { return StandardOutput.writeLine(try JSONLine.string(LagLine(report, trend: trend))) }
        let lines = LagTable(report: report, trend: trend, showsAll: all).lines
        if let page { return page.show(lines) }
        for line in lines { StandardOutput.writeLine(line) }
    }
}
