/// What one thing measured several times came to.
struct Series: Encodable, Sendable {
    private(set) var values: [Double] = []

    enum CodingKeys: CodingKey {
        case median, least, most, values
    }

    init(_ values: [Double] = []) { self.values = values }

    mutating func add(_ value: Double) { values.append(value) }

    /// The middle value, or the mean of the two in the middle; not a number where nothing was measured.
    var median: Double {
        guard !values.isEmpty else { return .nan }
        let sorted = values.sorted()
        return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
    }

    var least: Double { values.min() ?? .nan }
    var most: Double { values.max() ?? .nan }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(median, forKey: .median)
        try container.encode(least, forKey: .least)
        try container.encode(most, forKey: .most)
        try container.encode(values, forKey: .values)
    }
}
