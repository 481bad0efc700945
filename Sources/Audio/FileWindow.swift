import CSndfile
import Platform

/// What libsndfile gets to see of a file: slices of it, one after the other, as if they were the file.
///
/// Chunks that are left out (lists, cues, embedded pictures, tags) can't reach libsndfile's parsers, and a chunk that
/// ``ContainerProbe`` has checked is the one libsndfile will find.
final class FileWindow {
    let file: AudioFile
    /// The error of the last read that failed, which libsndfile only sees as an early end.
    private(set) var failure: SystemError?

    private let slices: [Range<Int64>]
    private let byteCount: Int64
    private var position: Int64 = 0

    init(_ file: AudioFile, slices: [Range<Int64>]) {
        self.file = file
        self.slices = slices
        byteCount = slices.reduce(0) { $0 + ($1.upperBound - $1.lowerBound) }
    }

    /// The callbacks; their user data is an unretained pointer to this object.
    static var callbacks: SF_VIRTUAL_IO {
        SF_VIRTUAL_IO(
            get_filelen: { FileWindow.from($0)?.byteCount ?? -1 },
            seek: { offset, origin, data in FileWindow.from(data)?.seek(offset, from: origin) ?? -1 },
            read: { buffer, count, data in FileWindow.from(data)?.read(into: buffer, count: count) ?? 0 },
            write: { _, _, _ in 0 },
            tell: { FileWindow.from($0)?.position ?? -1 }
        )
    }

    private static func from(_ data: UnsafeMutableRawPointer?) -> FileWindow? {
        data.map { Unmanaged<FileWindow>.fromOpaque($0).takeUnretainedValue() }
    }

    private func seek(_ offset: Int64, from origin: Int32) -> Int64 {
        let base: Int64
        switch origin {
        case Int32(SF_SEEK_SET): base = 0
        case Int32(SF_SEEK_CUR): base = position
        case Int32(SF_SEEK_END): base = byteCount
        default: return -1
        }
        let (target, overflow) = base.addingReportingOverflow(offset)
        guard !overflow, target >= 0 else { return -1 }
        position = target
        return target
    }

    private func read(into buffer: UnsafeMutableRawPointer?, count: Int64) -> Int64 {
        guard let buffer, count > 0, failure == nil else { return 0 }
        var rest = UnsafeMutableRawBufferPointer(start: buffer, count: Int(count))
        var sliceStart: Int64 = 0
        for slice in slices {
            let length = slice.upperBound - slice.lowerBound
            let within = position - sliceStart
            sliceStart += length
            guard within < length else { continue }
            let part = UnsafeMutableRawBufferPointer(rebasing: rest.prefix(Int(clamping: length - within)))
            do throws(SystemError) {
                let got = try file.read(into: part, at: slice.lowerBound + within)
                position += Int64(got)
                rest = UnsafeMutableRawBufferPointer(rebasing: rest.dropFirst(got))
                if got < part.count { break }
            } catch {
                failure = error
                break
            }
            if rest.isEmpty { break }
        }
        return count - Int64(rest.count)
    }
}
