import ArgumentParser
import CommandSupport

/// What a command says while it works.
struct ProgressArguments: ParsableArguments {
    @Flag(help: "Show no progress.")
    var noProgress = false

    @Flag(name: .shortAndLong, help: "Say nothing but what went wrong.")
    var quiet = false

    var display: ProgressDisplay {
        ProgressDisplay(isEnabled: !noProgress && !quiet)
    }

    /// Says something that is not an error.
    func say(_ line: String) {
        if !quiet { StandardError.writeLine(line) }
    }
}
