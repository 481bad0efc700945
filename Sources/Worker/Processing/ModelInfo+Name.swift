import Jobs

extension ModelInfo {
    /// Hex digits of a digest that are enough to name a model.
    private static let shortestDigest = 12

    /// Whether a job that asks for this name or digest means this model. A digest may be shortened.
    func isNamed(_ wanted: String) -> Bool {
        if wanted == name { return true }
        let digits = wanted.lowercased()
        return digits == digest || digits.utf8.count >= Self.shortestDigest && digest.hasPrefix(digits)
    }
}
