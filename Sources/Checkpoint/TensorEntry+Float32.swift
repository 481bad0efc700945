extension TensorEntry {
    /// Whether the tensor's values can be had as float32 without loss.
    var isConvertible: Bool { dataType == .float32 || dataType == .float16 || dataType == .bfloat16 }

    /// The elements where they lie, when they are float32 in row-major order and aligned.
    func float32Pointer(in file: UnsafeRawBufferPointer) -> UnsafePointer<Float>? {
        guard dataType == .float32, strides == nil, let start = file.baseAddress?.advanced(by: byteOffset) else {
            return nil
        }
        guard Int(bitPattern: start).isMultiple(of: MemoryLayout<Float>.alignment) else { return nil }
        return start.assumingMemoryBound(to: Float.self)
    }

    /// A private copy of the elements, converted to float32 and in row-major order. The type must be convertible.
    func float32Copy(from file: UnsafeRawBufferPointer) -> Float32Storage {
        Float32Storage(count: count) { copyFloat32(from: file, into: $0) }
    }

    /// Copies the elements, converted to float32 and in row-major order, to where there is room for all of them. The type
    /// must be convertible.
    func copyFloat32(from file: UnsafeRawBufferPointer, into destination: UnsafeMutableBufferPointer<Float>) {
        guard let start = file.baseAddress?.advanced(by: byteOffset) else { return }
        guard strides == nil else { return gather(from: start, into: destination) }
        switch dataType {
        case .float16: Widening.widen(binary16: start, into: destination)
        case .bfloat16: Widening.widen(bfloat16: start, into: destination)
        default: UnsafeMutableRawBufferPointer(destination).copyMemory(from: .init(start: start, count: 4 * count))
        }
    }

    /// Some of the outermost dimension's elements. They must be inside the shape.
    func rows(_ rows: Range<Int>) -> TensorEntry {
        let rowCount = shape.dropFirst().reduce(1, *)
        let step = strides?.first ?? rowCount
        return TensorEntry(
            dataType: dataType, shape: [rows.count] + shape.dropFirst(), strides: strides,
            byteOffset: byteOffset + rows.lowerBound * step * dataType.byteCount, count: rows.count * rowCount)
    }

    /// Copies element by element along the strides. The loader has checked that all of them stay inside the storage.
    private func gather(from start: UnsafeRawPointer, into destination: UnsafeMutableBufferPointer<Float>) {
        var position = [Int](repeating: 0, count: shape.count)
        var source = 0
        for index in destination.indices {
            let element = start + source * dataType.byteCount
            destination[index] =
                switch dataType {
                case .float16: Widening.float(binary16: element.loadUnaligned(as: UInt16.self))
                case .bfloat16: Widening.float(bfloat16: element.loadUnaligned(as: UInt16.self))
                default: element.loadUnaligned(as: Float.self)
                }
            for (dimension, stride) in (strides ?? []).enumerated().reversed() {
                position[dimension] += 1
                source += stride
                guard position[dimension] == shape[dimension] else { break }
                source -= position[dimension] * stride
                position[dimension] = 0
            }
        }
    }
}
