extension ReadableNumber {
    /// A number of things, such as `1 job` or `2,000 jobs`.
    static func counted(_ number: some BinaryInteger, _ noun: String) -> String {
        "\(count(number)) \(noun)\(number == 1 ? "" : "s")"
    }
}
