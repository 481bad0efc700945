import Foundation

/// Reads what a topic's tail has written, as it grows.
struct TailReader {
    private let files: TailFiles
    private var number = 0
    private var position: UInt64 = 0
    /// A log that was lost begins anew with the same offsets.
    private struct RecordID: Hashable {
        let partition: Int32
        let offset: Int64
        let time: Int64?
    }

    private var seen: Set<RecordID> = []
    /// One past the offset seen last of each partition.
    private(set) var ends: [Int32: Int64] = [:]

    init(_ files: TailFiles) { self.files = files }

    /// The records that came since the last call, each once, with where in which file its line ends.
    mutating func next() throws -> [(record: KcatRecord, file: String, end: UInt64)] {
        var records: [(record: KcatRecord, file: String, end: UInt64)] = []
        while let handle = FileHandle(forReadingAtPath: files.path(number)) {
            try handle.seek(toOffset: position)
            let data = try handle.readToEnd() ?? Data()
            try handle.close()
            try read(data, into: &records)
            guard FileManager.default.fileExists(atPath: files.path(number + 1)) else { break }
            // What is left of this one is half a line.
            (number, position) = (number + 1, 0)
        }
        return records
    }

    private mutating func read(
        _ data: Data, into records: inout [(record: KcatRecord, file: String, end: UInt64)]
    ) throws {
        let file = files.path(number)
        for line in data.wholeLines {
            position += UInt64(line.count) + 1
            let record: KcatRecord
            do {
                // kcat prints the bytes of protobuf as they are; what matters here is JSON.
                record = try JSONDecoder().decode(
                    KcatRecord.self, from: Data(String(decoding: line, as: UTF8.self).utf8))
            } catch {
                throw ChaosError("\(file), before byte \(position): \(error)")
            }
            let id = RecordID(partition: record.partition, offset: record.offset, time: record.ts)
            guard seen.insert(id).inserted else { continue }
            ends[record.partition] = record.offset + 1
            records.append((record, file, position))
        }
    }
}
