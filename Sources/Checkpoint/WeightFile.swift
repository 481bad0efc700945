import Platform

/// A mapped weight file, whatever its format, and the tensors in it by name.
struct WeightFile: Sendable {
    let file: MappedFile
    let tensors: [String: TensorEntry]
}
