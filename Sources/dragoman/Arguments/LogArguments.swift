import ArgumentParser
import Logging

enum LogFormat: String, ExpressibleByArgument, CaseIterable {
    case text, json
}

struct LogArguments: ParsableArguments {
    @Option(help: "Form of the log on standard error.")
    var logFormat: LogFormat?

    @Option(help: "Least level that is logged: trace, debug, info, notice, warning, error or critical.")
    var logLevel: String?

    /// - Parameter level: the level where nothing says otherwise.
    func logger(_ settings: Settings, default level: Logger.Level) throws -> Logger {
        let formatName = try settings.string(.logFormat) ?? LogFormat.text.rawValue
        guard let format = logFormat ?? LogFormat(rawValue: formatName) else {
            throw ValidationError("log.format: expected text or json, not '\(formatName)'")
        }
        let levelName = try logLevel ?? settings.string(.logLevel) ?? level.rawValue
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
