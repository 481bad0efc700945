extension Duration {
    /// For people, in the two largest units: `13 s`, `2 min 5 s`, `3 h 20 min`, `4 d 2 h`.
    var roughly: String {
        let units: [(name: String, seconds: Int64)] = [("d", 86_400), ("h", 3600), ("min", 60), ("s", 1)]
        var rest = max(components.seconds, 0)
        let first = units.firstIndex { rest >= $0.seconds } ?? units.count - 1
        var parts: [String] = []
        for unit in units[first...].prefix(2) {
            let (count, remainder) = rest.quotientAndRemainder(dividingBy: unit.seconds)
            if count > 0 || parts.isEmpty { parts.append("\(count) \(unit.name)") }
            rest = remainder
        }
        return parts.joined(separator: " ")
    }
}
