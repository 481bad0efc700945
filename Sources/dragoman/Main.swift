import ArgumentParser
import Foundation
import Platform

/// Runs the command that the arguments name and ends the process with the status its outcome calls for.
@main
enum Main {
    static func main() async {
        MappingFaults.report()
        do {
            var command = try Dragoman.parseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch {
            exit(report(error).rawValue)
        }
    }

    private static func report(_ error: any Error) -> ExitStatus {
        if let status = error as? ExitStatus { return status }
        switch Dragoman.exitCode(for: error) {
        case .success:
            // Help or the version was asked for.
            StandardOutput.writeLine(message(error, on: StandardOutput.descriptor))
            return .success
        case .validationFailure:
            StandardError.writeLine(message(error, on: StandardError.descriptor))
            return .usage
        default:
            StandardError.writeLine("dragoman: \(error is CancellationError ? "interrupted" : "\(error)")")
            return ExitStatus(of: error)
        }
    }

    /// What ArgumentParser has to say.
    private static func message(_ error: any Error, on descriptor: Int32) -> String {
        UsageText.wrapped(
            Dragoman.fullMessage(for: error), columns: TerminalSize(of: descriptor)?.columns ?? 80)
    }
}
