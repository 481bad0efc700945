/// How a record is written as a commit's metadata.
///
/// `dl1.`, then in base64url: the session (4 bytes); the sequence; the results' end plus one, or 0; how many marks, and
/// each; the finished offsets; a checksum (4 bytes), which covers the base too. Numbers are varints.
///
/// - A mark is twice the distance from the offset after the one before, plus one where a byte of its own follows:
///   twice the crashes, plus one if started. Without that byte it is started and never crashed.
/// - Finished offsets are lengths less one of unfinished and finished runs in turn, from the base on (after a byte 0),
///   or a bitmap of the offsets above the base, lowest bit first (after a byte 1), whichever is shorter.
extension LedgerRecord {
    /// Counts no higher.
    package static let mostCrashes = 15

    /// A later version begins otherwise, and is not mistaken for this one.
    package static let metadataPrefix = "dl1."
    private static let checksumLength = 4

    private enum Form: UInt8 {
        case runs, bitmap
    }

    /// All but `base`, as letters, digits, `.`, `-` and `_`.
    package var metadata: String {
        var writer = LedgerWriter()
        writer.append(word: session)
        writer.append(varint: sequence)
        writer.append(varint: resultsEnd.map { UInt64(clamping: $0) + 1 } ?? 0)
        appendMarks(to: &writer)
        appendFinished(to: &writer)
        return Self.seal(writer.bytes, base: base)
    }

    /// Reads what was committed.
    /// - Returns: `nil` for what is foreign, garbled or belongs to another offset: nothing is known then.
    package init?(metadata: String, base: Int64) {
        let text = metadata.utf8
        let prefix = Self.metadataPrefix.utf8
        guard base >= 0, text.count <= MetadataLimit.standard, text.starts(with: prefix),
            let bytes = Base64URL.decode(text.dropFirst(prefix.count))
        else { return nil }
        let content = bytes.dropLast(Self.checksumLength)
        var checksum = LedgerReader(bytes.suffix(Self.checksumLength))
        guard checksum.word() == Self.checksum(of: content, base: base) else { return nil }

        var reader = LedgerReader(content)
        guard let session = reader.word(), let sequence = reader.varint(), let resultsEnd = reader.varint(),
            resultsEnd <= 1 << 63, let marks = Self.marks(from: &reader, base: base),
            let finished = Self.finished(from: &reader, base: base), Self.areApart(marks, finished)
        else { return nil }
        self.init(
            base: base, finished: finished, marks: marks,
            resultsEnd: resultsEnd == 0 ? nil : Int64(resultsEnd - 1), session: session, sequence: sequence)
    }

    /// The metadata that holds such content.
    package static func seal(_ content: [UInt8], base: Int64) -> String {
        var writer = LedgerWriter()
        writer.append(contentsOf: content)
        writer.append(word: checksum(of: content, base: base))
        return metadataPrefix + Base64URL.encode(writer.bytes)
    }

    private static func checksum(of content: some Sequence<UInt8>, base: Int64) -> UInt32 {
        var writer = LedgerWriter()
        writer.append(varint: UInt64(bitPattern: base))
        writer.append(contentsOf: content)
        return CRC32.checksum(of: writer.bytes)
    }

    // MARK: Marks

    private func appendMarks(to writer: inout LedgerWriter) {
        writer.append(varint: UInt64(marks.count))
        var next = base
        for mark in marks {
            let isPlain = mark.isStarted && mark.crashes == 0
            writer.append(varint: UInt64(bitPattern: mark.offset &- next) << 1 | (isPlain ? 0 : 1))
            if !isPlain { writer.append(UInt8(clamping: mark.crashes) << 1 | (mark.isStarted ? 1 : 0)) }
            next = mark.offset &+ 1
        }
    }

    private static func marks(from reader: inout LedgerReader, base: Int64) -> [Mark]? {
        guard let count = reader.varint() else { return nil }
        var marks: [Mark] = []
        var next = base
        while marks.count < count {
            guard let field = reader.varint(), let offset = offset(next, plus: field >> 1) else { return nil }
            var mark = Mark(offset: offset, isStarted: true)
            if field & 1 == 1 {
                guard let byte = reader.byte(), 2...(2 * UInt8(mostCrashes) + 1) ~= byte else { return nil }
                mark.isStarted = byte & 1 == 1
                mark.crashes = Int(byte >> 1)
            }
            marks.append(mark)
            next = offset + 1
        }
        return marks
    }

    // MARK: Finished offsets

    private func appendFinished(to writer: inout LedgerWriter) {
        var runs = LedgerWriter()
        var next = base
        for range in finished {
            runs.append(varint: UInt64(bitPattern: range.lowerBound &- next &- 1))
            runs.append(varint: UInt64(bitPattern: range.upperBound &- range.lowerBound))
            next = range.upperBound &+ 1
        }
        let bits = UInt64(bitPattern: (finished.last?.upperBound ?? base) &- base)
        if bits / 8 + 1 < runs.bytes.count {
            writer.append(Form.bitmap.rawValue)
            writer.append(contentsOf: bitmap(of: Int(bits)))
        } else {
            writer.append(Form.runs.rawValue)
            writer.append(contentsOf: runs.bytes)
        }
    }

    private func bitmap(of count: Int) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: (count + 7) / 8)
        for range in finished {
            for offset in range {
                let bit = Int(offset - base - 1)
                bytes[bit / 8] |= 1 << UInt8(bit % 8)
            }
        }
        return bytes
    }

    private static func finished(from reader: inout LedgerReader, base: Int64) -> [ClosedRange<Int64>]? {
        switch reader.byte().flatMap(Form.init) {
        case .runs: runs(from: &reader, base: base)
        case .bitmap: bitmap(from: &reader, base: base)
        case nil: nil
        }
    }

    private static func runs(from reader: inout LedgerReader, base: Int64) -> [ClosedRange<Int64>]? {
        var finished: [ClosedRange<Int64>] = []
        var next = base
        while !reader.isAtEnd {
            guard let unfinished = reader.varint(), let length = reader.varint(),
                let lower = offset(next, plus: unfinished).flatMap({ offset($0, plus: 1) }),
                let upper = offset(lower, plus: length)
            else { return nil }
            finished.append(lower...upper)
            next = upper + 1
        }
        return finished
    }

    private static func bitmap(from reader: inout LedgerReader, base: Int64) -> [ClosedRange<Int64>]? {
        var finished: [ClosedRange<Int64>] = []
        var distance: UInt64 = 0
        while let byte = reader.byte() {
            for bit in 0..<8 {
                distance += 1
                guard byte >> bit & 1 == 1 else { continue }
                guard let offset = offset(base, plus: distance) else { return nil }
                if let last = finished.last, last.upperBound + 1 == offset {
                    finished[finished.count - 1] = last.lowerBound...offset
                } else {
                    finished.append(offset...offset)
                }
            }
        }
        return finished
    }

    /// Whether no mark lies in a finished range.
    private static func areApart(_ marks: [Mark], _ finished: [ClosedRange<Int64>]) -> Bool {
        var finished = finished[...]
        return marks.allSatisfy { mark in
            finished = finished.drop { $0.upperBound < mark.offset }
            return finished.first?.contains(mark.offset) != true
        }
    }

    /// An offset that lies so far above another. Never the highest number: the end of no log could lie above it.
    private static func offset(_ start: Int64, plus distance: UInt64) -> Int64? {
        guard let distance = Int64(exactly: distance) else { return nil }
        let (offset, overflow) = start.addingReportingOverflow(distance)
        return overflow || offset == .max ? nil : offset
    }
}
