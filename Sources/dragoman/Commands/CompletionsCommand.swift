import ArgumentParser
import CommandSupport

struct CompletionsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "completions",
        abstract: "Print a script that completes commands and options in a shell.",
        discussion: """
            Examples:
              dragoman completions bash > /etc/bash_completion.d/dragoman
              dragoman completions zsh > "${fpath[1]}/_dragoman"
              dragoman completions fish > ~/.config/fish/completions/dragoman.fish
            """)

    @Argument(help: "The shell.")
    var shell: Shell

    func run() {
        StandardOutput.writeLine(Dragoman.completionScript(for: shell.parsed))
    }

    enum Shell: String, ExpressibleByArgument, CaseIterable {
        case bash, zsh, fish

        var parsed: CompletionShell {
            switch self {
            case .bash: .bash
            case .zsh: .zsh
            case .fish: .fish
            }
        }
    }
}
