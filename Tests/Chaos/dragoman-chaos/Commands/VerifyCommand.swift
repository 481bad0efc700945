import ArgumentParser
import Foundation

/// The verifier alone.
struct VerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Judge a run by what it left behind.")

    @Argument(help: "The run's folder.") var folder: String
    @Flag(help: "Print the verdict as JSON.") var json = false

    func run() throws {
        let path = URL(filePath: folder).path(percentEncoded: false)
        let report = try Report(OutputFolder(path: path.hasSuffix("/") ? String(path.dropLast()) : path))
        print(json ? try report.json() : report.text)
        if !report.isClean { throw ExitCode.failure }
    }
}
