import ArgumentParser
import Logging
import Monitoring

/// Where a process tells of itself.
package struct HTTPArguments: SettingArguments {
    @Option(
        help: ArgumentHelp(
            "Address to serve /metrics, /healthz, /readyz and /startupz at; port 0 has the system choose one.",
            valueName: "host:port"))
    package var httpListen: String?

    package init() {}

    package func flags() -> SettingLayer {
        var flags = SettingLayer(.flag)
        flags.set(.httpListen, httpListen, flag: "--http-listen")
        return flags
    }

    /// - Parameter standard: the address where nothing gives one; `nil` serves nothing then.
    /// - Throws: `ValidationError`.
    package func server(
        _ settings: Settings, standard: String? = nil, registry: MetricRegistry, health: HealthState, logger: Logger,
        addRoutes: @escaping @Sendable (MonitoringServer.Routes) -> Void = { _ in }
    ) throws -> MonitoringServer? {
        try address(settings, standard: standard).map { address in
            MonitoringServer(
                host: address.host, port: address.port, registry: registry, health: health, logger: logger,
                addRoutes: addRoutes)
        }
    }

    /// Where to serve; `nil` for nowhere.
    /// - Throws: `ValidationError`.
    package func address(_ settings: Settings, standard: String? = nil) throws -> ListenAddress? {
        try (settings.overridden(by: self).string(.httpListen) ?? standard).map {
            try ListenAddress($0, option: "--http-listen")
        }
    }
}

extension MetricRegistry {
    /// With what every process of ours tells.
    package static func ofProcess() -> MetricRegistry {
        let registry = MetricRegistry()
        let build = MetricFamily(
            MetricDescription("dragoman_build_info", .gauge, "The version of this program; always 1."),
            [MetricFamily.Sample(1, [MetricLabel("version", Version.current)])])
        registry.collect { ProcessMetrics.families + [build] }
        return registry
    }
}
