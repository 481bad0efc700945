import ArgumentParser
import CommandSupport

struct VersionCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "version",
        abstract: "Show the versions of this program and its libraries, and the instruction set in use.")

    @Flag(help: "One JSON object.")
    var json = false

    func run() throws {
        let build = BuildDescription()
        if json { return StandardOutput.writeLine(try JSONLine.string(build)) }
        let lines = [
            ("dragoman", build.version),
            ("swift", build.swift),
            ("system", "\(build.operatingSystem), \(build.architecture)"),
            ("instructions", build.instructionSet ?? "none that DRAGOMAN_CPU asks for"),
            ("OpenBLAS", build.libraries.openBLAS),
            ("librdkafka", build.libraries.librdkafka),
            ("libsndfile", build.libraries.libsndfile),
            ("libsoxr", build.libraries.libsoxr),
        ]
        for (name, value) in lines {
            StandardOutput.writeLine(name.padding(to: 14) + value)
        }
    }
}
