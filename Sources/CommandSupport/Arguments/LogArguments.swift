import ArgumentParser
import Logging

package enum LogFormat: String, ExpressibleByArgument, CaseIterable {
    case text, json
}

package struct LogArguments: SettingArguments {
    @Option(help: "Form of the log on standard error.")
    package var logFormat: LogFormat?

    @Option(help: "Least level that is logged: trace, debug, info, notice, warning, error or critical.")
    package var logLevel: String?

    package init() {}

    package func flags() -> SettingLayer {
        var flags = SettingLayer(.flag)
        flags.set(.logFormat, logFormat?.rawValue, flag: "--log-format")
        flags.set(.logLevel, logLevel, flag: "--log-level")
        return flags
    }

    /// - Parameter level: the level where nothing says otherwise.
    package func logger(_ settings: Settings, default level: Logger.Level) throws -> Logger {
        let settings = try settings.overridden(by: self)
        let formatName = try settings.string(.logFormat) ?? LogFormat.text.rawValue
        guard let format = LogFormat(rawValue: formatName) else {
            throw ValidationError("log.format: expected text or json, not '\(formatName)'")
        }
        let levelName = try settings.string(.logLevel) ?? level.rawValue
        guard let level = Logger.Level(rawValue: levelName) else {
            throw ValidationError(
                "--log-level: expected \(Logger.Level.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        var logger = Logger(label: "dragoman") { _ in
            switch format {
            case .text: TextLogHandler()
            case .json: JSONLogHandler()
            }
        }
        logger.logLevel = level
        return logger
    }
}
