import ArgumentParser
import CommandSupport
import Coordinator
import Jobs
import Kafka
import Logging
import Monitoring

struct ExporterCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "exporter",
        abstract: "Serve what waits as metrics for Prometheus.",
        discussion: """
            Tells of every lane and partition how many jobs and how much audio wait, how old the oldest is, how fast the \
            workers get on and when they will be through; and how many dead letters there are. Any number of exporters may \
            run: none joins the workers' group. Jobs and results are read once, as they come.

            The address is printed once it is served. SIGTERM or Ctrl-C end it.

            Examples:
              dragoman exporter --brokers kafka:9092 --http-listen 0.0.0.0:9464
              curl -s localhost:9464/metrics

            \(ExitStatus.table)
            """)

    @Option(
        help: ArgumentHelp("From one reading to the next. (default: \(Self.defaultInterval))", valueName: "seconds"))
    var interval: Double?

    @Option(
        help: ArgumentHelp(
            "How far back results tell how fast the workers are. (default: \(Self.defaultWindow))", valueName: "seconds"
        ))
    var window: Double?

    @Option(
        help: ArgumentHelp(
            "How long jobs may wait in a partition without any sign of work until it is stuck. (default: \(Self.defaultStuckAfter))",
            valueName: "seconds"))
    var stuckAfter: Double?

    @OptionGroup(title: "Monitoring") var http: HTTPArguments
    @OptionGroup(title: "Kafka") var kafka: KafkaArguments
    @OptionGroup(title: "Kafka") var group: GroupArguments
    @OptionGroup(title: "General") var configurationFile: ConfigurationArguments
    @OptionGroup(title: "General") var log: LogArguments

    private static let defaultInterval = 15.0
    private static let defaultWindow = 300.0
    private static let defaultStuckAfter = 900.0
    private static let defaultAddress = "127.0.0.1:9464"

    func run() async throws {
        let settings = try await configurationFile.settings()
        let topics = try kafka.topics(settings)
        let logger = try log.logger(settings, default: .info)
        let interval = try seconds(interval, .exporterInterval, settings, "--interval") ?? Self.defaultInterval
        var options = LagObserver.Options()
        options.window = .seconds(
            try seconds(window, .exporterWindow, settings, "--window") ?? Self.defaultWindow)
        options.stuckAfter = .seconds(
            try seconds(stuckAfter, .exporterStuckAfter, settings, "--stuck-after") ?? Self.defaultStuckAfter)
        options.countsDeadLetters = true
        let observer = try LagObserver(
            kafka: kafka.configuration(settings), topics: topics, group: group.name(settings, topics: topics),
            options: options, logger: logger)
        let watch = LagWatch(observer: observer, topics: topics, interval: .seconds(interval), logger: logger)
        let (registry, health) = (MetricRegistry.ofProcess(), HealthState())
        watch.register(in: registry)
        health.set(.live) { watch.standstill }
        health.set(.ready) { watch.problem }
        let server = try http.server(
            settings, standard: Self.defaultAddress, registry: registry, health: health, logger: logger)
        try await interruptible {
            try await server.run(onListening: { StandardOutput.writeLine("http=\($0)") }) {
                await watch.run { health.pass(.started) }
            }
        }
        await observer.close()
    }

    private func seconds(
        _ flag: Double?, _ key: SettingKey, _ settings: Settings, _ option: String
    ) throws -> Double? {
        guard let seconds = try flag ?? settings.double(key) else { return nil }
        guard (0.1...86_400).contains(seconds) else {
            throw ValidationError("\(option): expected 0.1 to 86400 seconds")
        }
        return seconds
    }
}
