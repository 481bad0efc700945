import ArgumentParser
import Checkpoint

struct ModelVerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Compare a packed file with the digest it bears.",
        discussion: """
            Reads all of it. A file that is not what was written gives exit code 1. A checkpoint's folder bears no digest: \
            its own is printed.

            \(ExitStatus.table)
            """)

    @Argument(help: ArgumentHelp("A packed file.", valueName: "model"))
    var model: String

    func run() async throws {
        let checkpoint = try Checkpoint(path: model)
        try checkpoint.verify()
        StandardOutput.writeLine(checkpoint.digest())
    }
}
