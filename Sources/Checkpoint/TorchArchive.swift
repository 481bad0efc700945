import Platform

/// Loads what `torch.save` writes: a ZIP archive of stored entries with a pickled state dictionary, `data.pkl`, and one
/// entry of raw elements per storage, `data/<key>`.
enum TorchArchive {
    /// How files of PyTorch before 1.6 begin: a pickled magic number.
    private static let legacyMagic: [UInt8] = [
        0x80, 0x02, 0x8A, 0x0A, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19,
    ]

    /// Checks the structure of a mapped file.
    static func load(_ file: MappedFile) throws(CheckpointError) -> WeightFile {
        WeightFile(file: file, tensors: try tensors(in: file.bytes, path: file.path))
    }

    /// The tensors a whole file describes.
    static func tensors(
        in bytes: UnsafeRawBufferPointer, path: String
    ) throws(CheckpointError) -> [String: TensorEntry] {
        guard !bytes.starts(with: legacyMagic) else {
            throw CheckpointError(
                .unsupportedFormat,
                "\(path): a PyTorch file from before version 1.6; load it there and write it again with torch.save")
        }
        let entries = try ZipArchive(bytes, path: path).entries
        let pickles = entries.keys.filter { $0.hasSuffix("/data.pkl") }
        guard let pickle = pickles.first, pickles.count == 1, let range = entries[pickle] else {
            throw CheckpointError(
                .malformedFile, "\(path): \(pickles.count) entries named data.pkl; a PyTorch archive has one")
        }
        let root = String(pickle.dropLast("data.pkl".count))
        if let order = entries[root + "byteorder"], !bytes[order].elementsEqual("little".utf8) {
            throw CheckpointError(
                .unsupportedFormat, "\(path): written on a big-endian machine; expected little-endian")
        }
        let tensors = try Unpickler.readStateDictionary(
            UnsafeRawBufferPointer(rebasing: bytes[range]), path: "\(path): \(pickle)")
        var located: [String: TensorEntry] = [:]
        located.reserveCapacity(tensors.count)
        for (name, tensor) in tensors {
            let key = root + "data/" + tensor.storage.key
            guard let storage = entries[key] else {
                throw CheckpointError(
                    .malformedFile, "\(path): tensor \"\(name)\": the archive has no entry \"\(key)\"")
            }
            guard let entry = TensorEntry(tensor, storage: storage) else {
                throw CheckpointError(
                    .malformedFile,
                    "\(path): tensor \"\(name)\": \(tensor.storage.dataType.rawValue) \(tensor.shape), strides \(tensor.strides), "
                        + "offset \(tensor.offset) does not lie inside a storage of \(tensor.storage.count) elements "
                        + "in \(storage.count) bytes")
            }
            located[name] = entry
        }
        return located
    }
}
