extension PackedHeader {
    /// The header with every section at its place, and its text, which spaces may follow: where the sections begin depends on
    /// the text's length, and that on how many digits their places have.
    /// - Returns: `nil` where the sizes are not possible.
    func placed() -> (header: PackedHeader, text: [UInt8])? {
        var length = json.utf8.count
        while let header = placed(after: PackedFormat.prologueByteCount + length) {
            let text = Array(header.json.utf8)
            if text.count <= length {
                return (header, text + Array(repeating: UInt8(ascii: " "), count: length - text.count))
            }
            length = text.count
        }
        return nil
    }

    private func placed(after start: Int) -> PackedHeader? {
        var header = self
        var end = start
        func place(_ section: inout Section) -> Bool {
            guard
                let offset = PackedFormat.align(end, byteCount: section.size),
                let next = CheckedArithmetic.sum(offset, section.size)
            else { return false }
            section.offset = offset
            end = next
            return true
        }
        for index in header.files.indices {
            guard place(&header.files[index].section) else { return nil }
        }
        if var vocabulary = header.vocabulary {
            guard place(&vocabulary) else { return nil }
            header.vocabulary = vocabulary
        }
        for index in header.tensors.indices {
            guard place(&header.tensors[index].weights) else { return nil }
            guard header.tensors[index].scales.size == 0 || place(&header.tensors[index].scales) else { return nil }
        }
        return header
    }
}
