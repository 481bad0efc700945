package enum Version {
    package static let current = "0.1.0"
    /// When it was released, as manual pages write it.
    package static let date = "November 22, 2026"
}
