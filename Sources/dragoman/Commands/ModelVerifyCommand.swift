import ArgumentParser
import Checkpoint
import CommandSupport
import Platform

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

    @OptionGroup(title: "General") var progress: ProgressArguments

    func run() async throws {
        let checkpoint = try Checkpoint(path: model)
        let display = progress.display
        defer { display.stop() }
        let digest = try await interruptible {
            display.start("reading \(checkpoint.name)")
            return try await BlockingCall.run { cancellation in
                func note(_ done: Int, _ count: Int) throws {
                    try cancellation.check()
                    display.update("reading \(checkpoint.name): \(ReadableNumber.percentage(of: done, in: count))")
                }
                try checkpoint.verify(progress: note)
                return try checkpoint.digest(progress: note)
            }
        }
        display.stop()
        StandardOutput.writeLine(digest)
    }
}
