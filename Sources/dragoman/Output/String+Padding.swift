extension String {
    /// The text with spaces after it, where it is shorter than `width`.
    func padding(to width: Int) -> String {
        self + String(repeating: " ", count: max(width - count, 0))
    }
}
