import FoundationEssentials
import Jobs
import Platform

/// Jobs on disk, in order, in a file without a name: as many as there may be, they take no memory. Each is protobuf with
/// its length in four bytes before it, little-endian.
package final class JobSpool: Sendable {
    /// Where the first job after the last one would begin.
    package let byteCount: Int64

    private let file: TemporaryFile

    private static let blockSize = 1 << 18
    private static let prefixSize = 4

    /// Jobs being written.
    struct Writer: ~Copyable {
        private let file: TemporaryFile
        private var buffer: [UInt8] = []
        private var offset: Int64 = 0

        /// Creates an empty spool in the folder for temporary files.
        /// - Throws: ``CoordinatorError``.
        init() throws(CoordinatorError) {
            do throws(SystemError) {
                // Rather a disk than what may be memory; some containers have but the one.
                if let folder = ProcessInfo.processInfo.environment["TMPDIR"] {
                    file = try TemporaryFile(folder: folder)
                } else if let file = try? TemporaryFile(folder: "/var/tmp") {
                    self.file = file
                } else {
                    file = try TemporaryFile(folder: "/tmp")
                }
            } catch {
                throw Self.failure(error)
            }
        }

        /// - Throws: ``CoordinatorError`` for a full disk, or `JobsError` for a job that is too large.
        mutating func append(_ job: TranslationJob) throws {
            let bytes = try MessageCodec.encode(job, as: .protobuf)
            withUnsafeBytes(of: UInt32(clamping: bytes.count).littleEndian) { buffer += $0 }
            buffer += bytes
            if buffer.count >= JobSpool.blockSize { try flush() }
        }

        consuming func finish() throws(CoordinatorError) -> JobSpool {
            try flush()
            return JobSpool(file: file, byteCount: offset)
        }

        private mutating func flush() throws(CoordinatorError) {
            do throws(SystemError) {
                try file.write(buffer, at: offset)
            } catch {
                throw Self.failure(error)
            }
            offset += Int64(buffer.count)
            buffer.removeAll(keepingCapacity: true)
        }

        private static func failure(_ error: SystemError) -> CoordinatorError {
            CoordinatorError(
                .temporaryFile, "the jobs can't be kept on disk until they are sent; TMPDIR names the folder",
                cause: error)
        }
    }

    private init(file: consuming TemporaryFile, byteCount: Int64) {
        self.file = file
        self.byteCount = byteCount
    }

    /// Reads some jobs.
    /// - Parameters:
    ///   - offset: 0, or what an earlier call gave.
    ///   - limit: the most to read; fewer are read where they are large.
    /// - Returns: the jobs, none only at the end, and the offset of the next.
    package func jobs(from offset: Int64, atMost limit: Int) throws -> (jobs: [TranslationJob], next: Int64) {
        var block = try read(at: offset, count: Self.blockSize)
        if let first = Self.length(in: block[...]), first + Self.prefixSize > block.count {
            block = try read(at: offset, count: first + Self.prefixSize)
        }
        var rest = block[...]
        var jobs: [TranslationJob] = []
        while jobs.count < limit, let length = Self.length(in: rest) {
            let body = rest.dropFirst(Self.prefixSize)
            guard body.count >= length else { break }
            jobs.append(try MessageCodec.decode(from: Array(body.prefix(length)), format: .protobuf))
            rest = body.dropFirst(length)
        }
        return (jobs, offset + Int64(rest.startIndex))
    }

    /// Calls `body` with each job.
    package func forEach(_ body: (TranslationJob) throws -> Void) throws {
        var offset: Int64 = 0
        while offset < byteCount {
            let (jobs, next) = try jobs(from: offset, atMost: .max)
            guard next > offset else { return }
            try jobs.forEach(body)
            offset = next
        }
    }

    private func read(at offset: Int64, count: Int) throws -> [UInt8] {
        var block = [UInt8](repeating: 0, count: count)
        let got = try block.withUnsafeMutableBytes { try file.read(into: $0, at: offset) }
        block.removeSubrange(got...)
        return block
    }

    private static func length(in bytes: ArraySlice<UInt8>) -> Int? {
        guard bytes.count >= prefixSize else { return nil }
        return bytes.prefix(prefixSize).reversed().reduce(0) { $0 << 8 | Int($1) }
    }
}
