/// How far a conversion is.
public enum ConversionProgress: Sendable, Hashable {
    /// The checkpoint is read for its digest: bytes.
    case reading(done: Int, count: Int)
    /// The file is written: tensors.
    case writing(done: Int, count: Int)
}
