import Crypto
import Platform

/// A packed weight file, mapped; see ``PackedFormat``.
///
/// Opening reads the header alone and checks it against its digest and the file's size, so that a file which was cut short or
/// whose header was altered is refused at once. Whether the weights are what was written shows ``verify(_:)``.
final class PackedFile: Sendable {
    let file: MappedFile
    let header: PackedHeader
    /// SHA-256 of header and sections in hexadecimal, as the file says.
    let digest: String
    private let tensors: [String: PackedHeader.Tensor]

    /// Whether a file begins as packed files do.
    static func isPacked(_ file: MappedFile) -> Bool {
        file.bytes.starts(with: PackedFormat.magic)
    }

    init(_ file: MappedFile) throws(CheckpointError) {
        self.file = file
        var reader = ByteReader(file.bytes)
        guard
            let magic = reader.slice(PackedFormat.magic.count), let version = reader.integer(UInt32.self),
            let headerByteCount = reader.integer(UInt32.self), let byteCount = reader.integer(UInt64.self),
            reader.slice(8) != nil, let digest = reader.slice(32), let headerDigest = reader.slice(32)
        else {
            throw Self.malformed(file, "\(file.byteCount) bytes are too few for a packed file: is it cut short?")
        }
        guard magic.elementsEqual(PackedFormat.magic) else {
            throw Self.malformed(file, "not a packed file: it does not begin with \"DRAGOMAN\"")
        }
        guard version == PackedFormat.version else {
            throw CheckpointError(
                .unsupportedFormat,
                "\(file.path): packed format version \(version); expected \(PackedFormat.version): convert the "
                    + "checkpoint again with this version of dragoman")
        }
        guard byteCount == UInt64(file.byteCount) else {
            throw Self.malformed(
                file, "the file has \(file.byteCount) bytes, its header says \(byteCount): is it cut short?")
        }
        guard
            headerByteCount <= PackedFormat.maximumHeaderByteCount,
            let headerBytes = reader.slice(Int(headerByteCount))
        else {
            throw Self.malformed(file, "a header of \(headerByteCount) bytes is not possible")
        }
        var hash = SHA256()
        hash.update(bufferPointer: UnsafeRawBufferPointer(rebasing: file.bytes[..<64]))
        hash.update(bufferPointer: headerBytes)
        guard hash.finalize().elementsEqual(headerDigest) else {
            throw Self.malformed(file, "the header is not what was written: its digest differs")
        }
        do {
            header = try PackedHeader(headerBytes)
        } catch {
            throw Self.malformed(file, "the header is not valid: \(error)", cause: error)
        }
        self.digest = digest.hexadecimal
        tensors = try Self.index(header, file)
        try Self.checkSections(header, file, after: reader.offset)
    }

    /// Reads all of the file and compares it with its digest.
    /// - Throws: ``CheckpointError`` when it is not what was written, and what `progress` throws.
    func verify(_ progress: (_ done: Int, _ count: Int) throws -> Void) throws {
        var hash = SHA256()
        var done = PackedFormat.prologueByteCount
        try file.sweep(done..<file.byteCount) { piece in
            hash.update(bufferPointer: piece)
            done += piece.count
            try progress(done, file.byteCount)
        }
        let actual = hash.finalize().hexadecimal
        guard actual == digest else {
            throw Self.malformed(file, "the contents are not what was written: SHA-256 \(actual), expected \(digest)")
        }
    }

    /// A file of the checkpoint.
    func contents(of name: String) -> FileContents? {
        header.files.first { $0.name == name }.map { found in
            let section = found.section
            return FileContents(
                path: "\(file.path)/\(name)", owner: file, range: section.offset..<section.offset + section.size)
        }
    }

    /// A tensor's description.
    func tensor(_ name: String) -> PackedHeader.Tensor? { tensors[name] }

    /// A section that the header names.
    func bytes(_ section: PackedHeader.Section) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: file.bytes[section.offset..<section.offset + section.size])
    }

    private static func index(
        _ header: PackedHeader, _ file: MappedFile
    ) throws(CheckpointError) -> [String: PackedHeader.Tensor] {
        var tensors: [String: PackedHeader.Tensor] = [:]
        for tensor in header.tensors {
            guard tensors.updateValue(tensor, forKey: tensor.name) == nil else {
                throw malformed(file, "tensor \"\(tensor.name)\" is there twice")
            }
            let (weights, scales) = (
                tensor.storage.byteCount(shape: tensor.shape), tensor.storage.scaleByteCount(shape: tensor.shape)
            )
            guard tensor.shape.allSatisfy({ $0 >= 0 }), weights == tensor.weights.size, scales == tensor.scales.size
            else {
                throw malformed(
                    file,
                    "tensor \"\(tensor.name)\" of shape \(tensor.shape) as \(tensor.storage.rawValue) can't have "
                        + "\(tensor.weights.size) bytes and \(tensor.scales.size) of scales")
            }
        }
        return tensors
    }

    /// Every section lies where the format has it, in the order of the header, and the last one ends the file.
    private static func checkSections(
        _ header: PackedHeader, _ file: MappedFile, after start: Int
    ) throws(CheckpointError) {
        var end = start
        for section in header.sections {
            guard
                section.size >= 0, section.offset == PackedFormat.align(end, byteCount: section.size),
                let next = CheckedArithmetic.sum(section.offset, section.size), next <= file.byteCount
            else {
                throw malformed(
                    file, "a section of \(section.size) bytes at \(section.offset), after \(end), is not possible")
            }
            end = next
        }
        guard end == file.byteCount else {
            throw malformed(file, "the sections end at \(end), the file at \(file.byteCount)")
        }
    }

    private static func malformed(
        _ file: MappedFile, _ reason: String, cause: (any Error)? = nil
    ) -> CheckpointError {
        CheckpointError(.malformedFile, "\(file.path): \(reason)", cause: cause)
    }
}
