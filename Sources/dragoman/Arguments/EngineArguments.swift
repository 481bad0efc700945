import ArgumentParser
import CommandSupport

struct EngineArguments: SettingArguments {
    @Option(help: ArgumentHelp("Folder of the checkpoint, or a packed file.", valueName: "path"), completion: .file())
    var model: String?

    @Option(help: "Threads that compute. All processes of a machine together should not exceed its processors.")
    var threads: Int?

    func validate() throws {
        if let threads { try Self.check(threads) }
    }

    func flags() -> SettingLayer {
        var flags = SettingLayer(.flag)
        flags.set(.model, model, flag: "--model")
        flags.set(.threads, threads, flag: "--threads")
        return flags
    }

    /// - Throws: `ValidationError` when no checkpoint is given.
    func modelPath(_ settings: Settings) throws -> String {
        guard let model = try settings.overridden(by: self).string(.model) else {
            throw ValidationError("no model: give a checkpoint's folder or a packed file with --model")
        }
        return model
    }

    func threadCount(_ settings: Settings, default count: Int) throws -> Int {
        let threads = try settings.overridden(by: self).int(.threads) ?? count
        try Self.check(threads)
        return threads
    }

    private static func check(_ threads: Int) throws {
        guard (1...1024).contains(threads) else { throw ValidationError("--threads: expected 1 to 1024") }
    }
}
