import ArgumentParser
import CommandSupport
import Coordinator
import Jobs
import Kafka
import Logging

struct LagCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lag",
        abstract: "Show how many jobs and how much audio wait, by lane and partition.",
        discussion: """
            The lag of a partition is its end less what the workers' group has committed; where nothing is committed, all \
            there is. Jobs in hand count until they are committed. Jobs that failed for a while and wait for their next \
            attempt are shown apart, as delayed, and count. The group is not joined: looking changes nothing.

            Below a lane that is not empty: its jobs without those that were finished out of their order, their audio (by the \
            jobs' duration hints, else by the average of their batch's results), the age of the oldest, how fast results \
            have come in the last five minutes, and when that has emptied the lane if nothing is added.

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
    @OptionGroup(title: "Gateway") var gateway: GatewayArguments
    @OptionGroup(title: "General") var configurationFile: ConfigurationArguments
    @OptionGroup(title: "General") var log: LogArguments

    func validate() throws {
        if let watch, !(0.1...86_400).contains(watch) {
            throw ValidationError("--watch: expected 0.1 to 86400 seconds")
        }
    }

    func run() async throws {
        let settings = try await configurationFile.settings()
        let fleet = try FleetChoice(kafka: kafka, group: group, gateway: gateway, log: log).fleet(settings)
        try await fleet.use { fleet in
            try await interruptible { [self] in
                if let watch {
                    try await follow(fleet, every: .seconds(watch))
                } else {
                    try show(await fleet.lag(), trend: nil, on: nil)
                }
            }
        }
    }

    /// Shows one reading after another until the task is cancelled. Once there was one, brokers or a gateway that don't
    /// answer for a while are no reason to end.
    private func follow(_ fleet: any Fleet, every interval: Duration) async throws {
        var trend = LagTrend()
        var last: LagReport?
        let page = Page()
        while !Task.isCancelled {
            let start = ContinuousClock.now
            do {
                let report = try await fleet.lag()
                trend.add(report, at: .now)
                try show(report, trend: trend, on: page)
                last = report
            } catch {
                let mayPass = error is KafkaError || (error as? CoordinatorError)?.isRetriable == true
                guard let last, mayPass else { throw error }
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
