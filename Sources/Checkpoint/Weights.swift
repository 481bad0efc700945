/// A checkpoint's weights, by the form they have.
enum Weights: Sendable {
    /// As Hugging Face publishes them.
    case published(WeightSet)
    /// In the kernels' layout.
    case packed(PackedFile)

    /// Whether a tensor of this name is stored.
    func contains(_ name: String) -> Bool {
        switch self {
        case .published(let published): published.contains(name)
        case .packed(let packed): packed.tensor(name) != nil
        }
    }
}
