import Crypto
import Platform

/// Writes a packed file from its beginning to its end, so that no more than a part of a tensor need be in memory.
///
/// What the file will hold is said first; then the bytes of all sections follow in that order, in pieces of any size. The
/// file appears under its name when it is complete.
public struct PackedFileWriter: ~Copyable {
    /// A tensor that will be written.
    public struct Tensor: Sendable {
        let name: String
        let shape: [Int]
        let storage: TensorStorage

        /// Says what will be written: its weights, then its scales.
        public init(name: String, shape: [Int], storage: TensorStorage) {
            self.name = name
            self.shape = shape
            self.storage = storage
        }
    }

    private let path: String
    private let sections: [PackedHeader.Section]
    private let headerText: [UInt8]
    private var file: AtomicFile
    private var hash = SHA256()
    private var position = PackedFormat.prologueByteCount
    private var section = 0

    /// Begins the packed file of a checkpoint: everything but the weights is written.
    /// - Parameters:
    ///   - precision: as the header will name it.
    ///   - producer: who writes it.
    ///   - vocabulary: the tokens that are kept, in ascending order; `nil` for all.
    ///   - tensors: what will be appended, in this order.
    public static func begin(
        path: String, checkpoint: Checkpoint, precision: String, producer: String, vocabulary: [Int32]? = nil,
        tensors: [Tensor]
    ) throws(CheckpointError) -> PackedFileWriter {
        var header = PackedHeader(
            model: checkpoint.name, precision: precision, sourceDigest: checkpoint.digest(), producer: producer,
            files: checkpoint.smallFiles.map { file in
                PackedHeader.File(name: file.name, section: .init(size: file.bytes.count))
            },
            vocabulary: vocabulary.map { .init(size: $0.count * MemoryLayout<Int32>.size) }, tensors: [])
        for tensor in tensors {
            let (storage, shape) = (tensor.storage, tensor.shape)
            guard let size = storage.byteCount(shape: shape), let scales = storage.scaleByteCount(shape: shape) else {
                throw CheckpointError(
                    .unsupportedFormat,
                    "\(path): tensor \"\(tensor.name)\" of shape \(shape) can't be stored as \(storage.rawValue)")
            }
            header.tensors.append(
                .init(
                    name: tensor.name, shape: shape, storage: storage, weights: .init(size: size),
                    scales: .init(size: scales)))
        }
        var writer = try begin(path: path, header: header)
        for file in checkpoint.smallFiles { try writer.append(file.bytes) }
        if let vocabulary { try writer.write(vocabulary: vocabulary) }
        return writer
    }

    private mutating func write(vocabulary: [Int32]) throws(CheckpointError) {
        try vocabulary.map(\.littleEndian).withUnsafeBufferPointer { (tokens) throws(CheckpointError) in
            try append(UnsafeRawBufferPointer(tokens))
        }
    }

    /// Begins a file.
    /// - Parameter header: names, shapes and sizes; places are found here.
    static func begin(path: String, header: PackedHeader) throws(CheckpointError) -> PackedFileWriter {
        guard let (placed, text) = header.placed(), text.count <= PackedFormat.maximumHeaderByteCount else {
            throw CheckpointError(.unsupportedFormat, "\(path): so many tensors can't be packed")
        }
        var writer = PackedFileWriter(path, sections: placed.sections, headerText: text, file: try create(path))
        try writer.write(text)
        return writer
    }

    private init(_ path: String, sections: [PackedHeader.Section], headerText: [UInt8], file: consuming AtomicFile) {
        self.path = path
        self.sections = sections
        self.headerText = headerText
        self.file = file
    }

    /// A file that begins with room for the prologue.
    private static func create(_ path: String) throws(CheckpointError) -> AtomicFile {
        do throws(SystemError) {
            let file = try AtomicFile(path: path)
            try file.write([UInt8](repeating: 0, count: PackedFormat.prologueByteCount))
            return file
        } catch {
            throw notWritten(error)
        }
    }

    /// Writes the next bytes of the sections.
    public mutating func append(_ bytes: UnsafeRawBufferPointer) throws(CheckpointError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            skipWritten()
            guard section < sections.count else {
                throw CheckpointError(.malformedFile, "\(path): \(rest.count) bytes more than the header has")
            }
            if position < sections[section].offset { try pad(to: sections[section].offset) }
            let count = min(rest.count, sections[section].offset + sections[section].size - position)
            try write(UnsafeRawBufferPointer(rebasing: rest.prefix(count)))
            rest = rest.dropFirst(count)
        }
    }

    /// Completes the file.
    /// - Returns: The digest of its contents in hexadecimal.
    public consuming func finish() throws(CheckpointError) -> String {
        let end = sections.last.map { $0.offset + $0.size } ?? position
        guard position == end else {
            throw CheckpointError(.malformedFile, "\(path): \(end - position) bytes are missing")
        }
        let digest = Array(hash.finalize())
        var prologue = PackedFormat.magic
        prologue += PackedFormat.version.littleEndianBytes
        prologue += UInt32(clamping: headerText.count).littleEndianBytes
        prologue += UInt64(clamping: end).littleEndianBytes
        prologue += [UInt8](repeating: 0, count: 8) + digest
        var headerHash = SHA256()
        headerHash.update(data: prologue)
        headerHash.update(data: headerText)
        prologue += Array(headerHash.finalize())
        do throws(SystemError) {
            try file.write(prologue, at: 0)
            try file.commit()
        } catch {
            throw Self.notWritten(error)
        }
        return digest.hexadecimal
    }

    /// Goes on to the section that has bytes to come.
    private mutating func skipWritten() {
        while section < sections.count, position >= sections[section].offset + sections[section].size { section += 1 }
    }

    private mutating func pad(to offset: Int) throws(CheckpointError) {
        try write([UInt8](repeating: 0, count: offset - position))
    }

    private mutating func write(_ bytes: [UInt8]) throws(CheckpointError) {
        hash.update(data: bytes)
        do throws(SystemError) {
            try file.write(bytes)
        } catch {
            throw Self.notWritten(error)
        }
        position += bytes.count
    }

    private mutating func write(_ bytes: UnsafeRawBufferPointer) throws(CheckpointError) {
        hash.update(bufferPointer: bytes)
        do throws(SystemError) {
            try file.write(bytes)
        } catch {
            throw Self.notWritten(error)
        }
        position += bytes.count
    }

    private static func notWritten(_ error: SystemError) -> CheckpointError {
        CheckpointError(.fileNotWritable, error.description, cause: error)
    }
}

extension FixedWidthInteger {
    fileprivate var littleEndianBytes: [UInt8] { withUnsafeBytes(of: littleEndian) { Array($0) } }
}
