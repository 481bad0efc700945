/// A plan as a recording, and back: the engine gets nothing of its job but samples.
enum PlanRecording {
    /// A WAV file of 16-bit samples, one for each byte of the plan's URI, and silence up to the length it is to have.
    static func file(of plan: JobPlan) -> [UInt8] {
        var data = plan.uri.utf8.flatMap { bytes(UInt16($0)) }
        data += [UInt8](repeating: 0, count: max(0, (plan.audio ?? 0) * 32 - data.count))
        let format = bytes(UInt16(1)) + bytes(UInt16(1)) + bytes(UInt32(16_000)) + bytes(UInt32(32_000))
        let chunks =
            chunk("fmt ", format + bytes(UInt16(2)) + bytes(UInt16(16))) + chunk("data", data)
        return Array("RIFF".utf8) + bytes(UInt32(clamping: 4 + chunks.count)) + Array("WAVE".utf8) + chunks
    }

    /// The plan in decoded samples.
    /// - Returns: `nil` where there is none.
    static func plan(in samples: [Float]) -> JobPlan? {
        let bytes = samples.prefix { $0 != 0 }.map { UInt8(exactly: ($0 * 32_768).rounded()) ?? 0 }
        return JobPlan(uri: String(decoding: bytes, as: UTF8.self))
    }

    private static func chunk(_ name: String, _ body: [UInt8]) -> [UInt8] {
        Array(name.utf8) + bytes(UInt32(clamping: body.count)) + body
    }

    private static func bytes(_ number: some FixedWidthInteger) -> [UInt8] {
        withUnsafeBytes(of: number.littleEndian, Array.init)
    }
}
