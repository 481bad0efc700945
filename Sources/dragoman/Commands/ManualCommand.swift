import ArgumentParser
import CommandSupport

struct ManualCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "manual",
        abstract: "Print the manual page, for man(1).",
        discussion: """
            Examples:
              dragoman manual > /usr/local/share/man/man1/dragoman.1
              dragoman manual | man -l -
            """)

    func run() throws {
        for line in ManualPage(try CommandDescription.tool(Dragoman._dumpHelp())).lines {
            StandardOutput.writeLine(line)
        }
    }
}
