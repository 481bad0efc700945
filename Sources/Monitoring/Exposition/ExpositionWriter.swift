/// Writes metrics as text (Prometheus' exposition formats; OpenMetrics 1.0, section 5).
struct ExpositionWriter {
    private let format: ExpositionFormat
    private(set) var text = ""

    init(_ format: ExpositionFormat) {
        self.format = format
    }

    mutating func add(_ families: [MetricFamily]) {
        for family in families {
            let name = familyName(family.description)
            text += "# HELP \(name) \(escaped(family.description.help, quotes: format == .openMetrics))\n"
            text += "# TYPE \(name) \(Self.type(of: family.description.kind))\n"
            for sample in family.samples { add(sample, family.description) }
        }
    }

    mutating func finish() {
        if format == .openMetrics { text += "# EOF\n" }
    }

    private mutating func add(_ sample: MetricFamily.Sample, _ description: MetricDescription) {
        let name = description.name
        switch sample.value {
        case .number(let value): addLine(name, sample.labels, value)
        case .observations(let counts, let sum):
            var total: UInt64 = 0
            guard case .histogram(let bounds) = description.kind else { return }
            for (count, bound) in zip(counts, bounds + [.infinity]) {
                total += count
                let labels = sample.labels + [MetricLabel("le", bound.asBound)]
                addLine(name + "_bucket", labels, Double(total))
            }
            addLine(name + "_sum", sample.labels, sum)
            addLine(name + "_count", sample.labels, Double(total))
        }
    }

    private mutating func addLine(_ name: String, _ labels: [MetricLabel], _ value: Double) {
        let list = labels.map { "\($0.name)=\"\(escaped($0.value, quotes: true))\"" }.joined(separator: ",")
        text += list.isEmpty ? "\(name) \(value.asSample)\n" : "\(name){\(list)} \(value.asSample)\n"
    }

    /// In OpenMetrics a counter is called without the ending that its sample has.
    private func familyName(_ description: MetricDescription) -> String {
        guard format == .openMetrics, description.kind == .counter, description.name.hasSuffix("_total") else {
            return description.name
        }
        return String(description.name.dropLast("_total".count))
    }

    private func escaped(_ text: String, quotes: Bool) -> String {
        var escaped = ""
        for character in text.unicodeScalars {
            switch character {
            case "\\": escaped += "\\\\"
            case "\n": escaped += "\\n"
            case "\"" where quotes: escaped += "\\\""
            default: escaped.unicodeScalars.append(character)
            }
        }
        return escaped
    }

    private static func type(of kind: MetricDescription.Kind) -> String {
        switch kind {
        case .counter: "counter"
        case .gauge: "gauge"
        case .histogram: "histogram"
        }
    }
}

extension MetricRegistry {
    /// Everything as it stands now.
    public func text(_ format: ExpositionFormat) -> String {
        var writer = ExpositionWriter(format)
        writer.add(families)
        writer.finish()
        return writer.text
    }
}

extension Double {
    /// The largest whole numbers that are written without an exponent.
    private static let largestWhole = 9e15

    fileprivate var asSample: String {
        if isNaN { return "NaN" }
        if isInfinite { return self > 0 ? "+Inf" : "-Inf" }
        return rounded() == self && magnitude < Self.largestWhole ? "\(Int64(self))" : "\(self)"
    }

    /// Numbers of buckets have a fraction in both formats, as OpenMetrics asks for.
    fileprivate var asBound: String { isInfinite ? "+Inf" : "\(self)" }
}
