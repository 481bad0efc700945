import ArgumentParser
import Logging
import Platform
import TraceExport
import Tracing

/// Where traces go.
package struct TracingArguments: SettingArguments {
    @Option(
        help: ArgumentHelp(
            "Collector that spans are sent to by OTLP over HTTP, such as http://collector:4318. (default: none)",
            valueName: "url"))
    package var tracingEndpoint: String?

    package init() {}

    package func flags() -> SettingLayer {
        var flags = SettingLayer(.flag)
        flags.set(.tracingEndpoint, tracingEndpoint, flag: "--tracing-endpoint")
        return flags
    }

    /// Runs a process' work with its spans exported, where that is asked for. What is left of them is sent at the end.
    /// - Parameter service: what the process is, such as `dragoman-worker`.
    /// - Throws: `ValidationError` for an endpoint that is none; what `body` throws.
    package func run<Success>(
        _ settings: Settings, service: String, instance: String? = nil, logger: Logger,
        _ body: () async throws -> Success
    ) async throws -> Success {
        guard let exporter = try exporter(settings, service: service, instance: instance, logger: logger) else {
            return try await body()
        }
        InstrumentationSystem.bootstrap(ExportingTracer(exporter: exporter))
        let outcome: Result<Success, any Error>
        do {
            outcome = .success(try await body())
        } catch {
            outcome = .failure(error)
        }
        // A task of its own does not hear of a cancellation.
        await Task { try? await BlockingCall.run { _ in exporter.close() } }.value
        return try outcome.get()
    }

    private func exporter(
        _ settings: Settings, service: String, instance: String?, logger: Logger
    ) throws -> SpanExporter? {
        guard let endpoint = try settings.overridden(by: self).string(.tracingEndpoint) else { return nil }
        guard endpoint.hasPrefix("http://") || endpoint.hasPrefix("https://") else {
            throw ValidationError("--tracing-endpoint '\(endpoint)': expected a URL such as http://collector:4318")
        }
        var resource = [(name: "service.name", value: service), (name: "service.version", value: Version.current)]
        if let instance { resource.append((name: "service.instance.id", value: instance)) }
        return try SpanExporter(endpoint: endpoint, resource: resource, logger: logger)
    }
}
