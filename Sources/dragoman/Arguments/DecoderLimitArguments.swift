import ArgumentParser
import CommandSupport
import SpeechTranslation

/// How much is decoded at a time.
struct DecoderLimitArguments: SettingArguments {
    @Option(
        help: """
            Rows of a decoder step at most: the beams of all utterances that are decoded together; 40 if not set. One with \
            more is decoded alone.
            """)
    var decoderRows: Int?

    @Option(
        help: ArgumentHelp(
            "Memory that utterances in the decoder may come to take together; 2147 if not set. One that needs more is decoded alone.",
            valueName: "megabytes"))
    var decoderMemory: Int?

    func validate() throws {
        if let decoderRows { try Self.check(rows: decoderRows) }
        if let decoderMemory { try Self.check(memory: decoderMemory) }
    }

    func flags() -> SettingLayer {
        var flags = SettingLayer(.flag)
        flags.set(.decoderRows, decoderRows, flag: "--decoder-rows")
        flags.set(.decoderMemory, decoderMemory, flag: "--decoder-memory")
        return flags
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
}
