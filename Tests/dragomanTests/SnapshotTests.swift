import ArgumentParser
import CommandSupport
import Foundation
import TestSupport
import Testing

@testable import dragoman

/// What the command line says of itself, as files that a review can read. `DRAGOMAN_UPDATE_SNAPSHOTS=1` writes them anew.
@Suite struct SnapshotTests {
    /// A command of the tool, found by walking it.
    struct Command: Sendable, CustomTestStringConvertible {
        let type: any ParsableCommand.Type
        let path: [String]

        var testDescription: String { path.joined(separator: " ") }

        static let all = under(Dragoman.self, path: [])

        private static func under(_ type: any ParsableCommand.Type, path: [String]) -> [Command] {
            let path = path + [type.configuration.commandName ?? ""]
            return [Command(type: type, path: path)]
                + type.configuration.subcommands.flatMap { under($0, path: path) }
        }
    }

    private static let folder = Fixtures.root.appending(path: "Tests/dragomanTests/Snapshots")

    @Test(arguments: Command.all)
    func help(command: Command) throws {
        let help = Dragoman.helpMessage(for: command.type, columns: 80)
        let text = UsageText.wrapped(help, columns: 80)
        for line in text.split(separator: "\n") { #expect(line.count <= 80, "\(line)") }
        try compare(text, "help/\(command.path.joined(separator: "-")).txt")
    }

    @Test(arguments: CompletionsCommand.Shell.allCases)
    func completions(shell: CompletionsCommand.Shell) throws {
        try compare(Dragoman.completionScript(for: shell.parsed), "completions/dragoman.\(shell.rawValue)")
    }

    @Test func manual() throws {
        let page = ManualPage(try CommandDescription.tool(Dragoman._dumpHelp()))
        try compare(page.lines.joined(separator: "\n"), "dragoman.1")
    }

    /// What a command that no longer exists has left behind.
    @Test func nothingIsLeftOver() throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder.appending(path: "help").path())
        #expect(Set(files) == Set(Command.all.map { "\($0.path.joined(separator: "-")).txt" }))
    }

    private func compare(_ text: String, _ name: String) throws {
        let file = Self.folder.appending(path: name)
        if ProcessInfo.processInfo.environment["DRAGOMAN_UPDATE_SNAPSHOTS"] == "1" {
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data((text + "\n").utf8).write(to: file)
        }
        let expected = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
        #expect(
            expected == text + "\n",
            "\(name) differs: run 'DRAGOMAN_UPDATE_SNAPSHOTS=1 swift test --filter SnapshotTests' and review the change"
        )
    }
}
