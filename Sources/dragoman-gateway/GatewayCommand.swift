import ArgumentParser
import CommandSupport
import Gateway
import Jobs
import Kafka
import Logging
import Monitoring

struct GatewayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dragoman-gateway",
        abstract: "Serves a fleet's jobs over gRPC, to services that would rather not speak Kafka.",
        discussion: """
            The service is dragoman.v1.TranslationService; grpc.health.v1.Health tells whether it can be asked. Jobs go \
            into the same topics as those of 'dragoman submit', and all that lie there are shown. What is shown comes from \
            an index in a file, which is made from the topics: it may be deleted. Any number of gateways may serve one \
            fleet, each with an index of its own.

            With --http-listen, HTTP tells in the clear how the gateway is and what waits.

            Without a certificate only the loopback interface is listened at, unless --insecure says that others are safe. \
            Flags override environment variables (DRAGOMAN_BROKERS for --brokers and so on), which override the YAML file \
            given with --config.

            SIGTERM or Ctrl-C: no more calls are taken, and those under way are finished as far as the grace period allows.

            Examples:
              dragoman-gateway --brokers kafka:9092 --index /var/lib/dragoman/index.sqlite
              dragoman-gateway --brokers kafka:9092 --index index.sqlite --listen 0.0.0.0:50051 \\
                --certificate server.pem --key server.key --tokens /run/secrets/tokens

            \(ExitStatus.table)
            """,
        version: Version.current)

    @OptionGroup(title: "Serving") var serving: ServingArguments
    @OptionGroup(title: "Monitoring") var http: HTTPArguments
    @OptionGroup(title: "Monitoring") var tracing: TracingArguments
    @OptionGroup(title: "Kafka") var kafka: KafkaArguments
    @OptionGroup(title: "Kafka") var group: GroupArguments
    @OptionGroup(title: "General") var configurationFile: ConfigurationArguments
    @OptionGroup(title: "General") var log: LogArguments

    func run() async throws {
        let settings = try await configurationFile.settings()
        let topics = try kafka.topics(settings)
        var configuration = try serving.configuration(
            settings, kafka: kafka.configuration(settings), topics: topics,
            group: group.name(settings, topics: topics))
        configuration.httpAddress = try http.address(settings)
        let logger = try log.logger(settings, default: .info)
        let server = GatewayServer(configuration: configuration, registry: .ofProcess(), logger: logger)
        try await tracing.run(settings, service: "dragoman-gateway", logger: logger) {
            try await interruptible {
                try await server.run(
                    onListening: { StandardOutput.writeLine("listening=\($0)") },
                    onServingHTTP: { StandardOutput.writeLine("http=\($0)") })
            }
        }
    }
}
