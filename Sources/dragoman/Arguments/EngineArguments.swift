import ArgumentParser
import SpeechTranslation

struct EngineArguments: SettingArguments {
    @Option(help: ArgumentHelp("Folder of the checkpoint, or a packed file.", valueName: "path"), completion: .file())
    var model: String?

    @Option(help: "Threads that compute. All processes of a machine together should not exceed its processors.")
    var threads: Int?

    @Option(help: "Rows of a decoder step at most: the beams of all utterances that are decoded together.")
    var decoderRows: Int?

    @Option(help: ArgumentHelp("Memory that utterances in the decoder may take together.", valueName: "megabytes"))
    var decoderMemory: Int?

    func validate() throws {
        if let threads { try Self.check(threads) }
        if let decoderRows { try Self.check(rows: decoderRows) }
        if let decoderMemory { try Self.check(memory: decoderMemory) }
    }

    func flags() -> SettingLayer {
        var flags = SettingLayer(.flag)
        flags.set(.model, model, flag: "--model")
        flags.set(.threads, threads, flag: "--threads")
        flags.set(.decoderRows, decoderRows, flag: "--decoder-rows")
        flags.set(.decoderMemory, decoderMemory, flag: "--decoder-memory")
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

    func limits(_ settings: Settings) throws -> DecodingLimits {
        let settings = try settings.overridden(by: self)
        var limits = DecodingLimits()
        if let rows = try settings.int(.decoderRows) {
            try Self.check(rows: rows)
            limits.rows = rows
        }
        if let megabytes = try settings.int(.decoderMemory) {
            try Self.check(memory: megabytes)
            limits.memory = megabytes * 1_000_000
        }
        return limits
    }

    private static func check(rows: Int) throws {
        guard (1...4096).contains(rows) else { throw ValidationError("--decoder-rows: expected 1 to 4096") }
    }

    private static func check(memory megabytes: Int) throws {
        guard (1...1_000_000).contains(megabytes) else {
            throw ValidationError("--decoder-memory: expected 1 to 1000000 megabytes")
        }
    }

    private static func check(_ threads: Int) throws {
        guard (1...1024).contains(threads) else { throw ValidationError("--threads: expected 1 to 1024") }
    }
}
