import ArgumentParser
import Foundation
import Platform

/// Runs the command that the arguments name and ends the process with the status its outcome calls for.
package enum CommandMain {
    /// - Parameter root: the command that all others belong to.
    package static func run(_ root: (some ParsableCommand).Type) async {
        do {
            var command = try root.parseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch {
            exit(report(error, root).rawValue)
        }
    }

    private static func report(_ error: any Error, _ root: (some ParsableCommand).Type) -> ExitStatus {
        if let status = error as? ExitStatus { return status }
        switch root.exitCode(for: error) {
        case .success:
            // Help or the version was asked for.
            StandardOutput.writeLine(message(error, root, on: StandardOutput.descriptor))
            return .success
        case .validationFailure:
            StandardError.writeLine(message(error, root, on: StandardError.descriptor))
            return .usage
        default:
            let name = root.configuration.commandName ?? "dragoman"
            StandardError.writeLine("\(name): \(error is CancellationError ? "interrupted" : "\(error)")")
            return ExitStatus(of: error)
        }
    }

    /// What ArgumentParser has to say.
    private static func message(
        _ error: any Error, _ root: (some ParsableCommand).Type, on descriptor: Int32
    ) -> String {
        UsageText.wrapped(root.fullMessage(for: error), columns: TerminalSize(of: descriptor)?.columns ?? 80)
    }
}
