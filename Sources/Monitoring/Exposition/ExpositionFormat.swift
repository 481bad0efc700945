/// The two forms in which Prometheus reads metrics.
public enum ExpositionFormat: Sendable, Hashable, CaseIterable {
    /// Prometheus' own text.
    case prometheus
    /// OpenMetrics 1.0.
    case openMetrics

    /// The form a request is to be answered in.
    /// - Parameter accept: its header `Accept`; without one Prometheus' own is given, which everybody can read.
    public init(accept: String?) {
        let ranges = (accept ?? "").split(separator: ",").map(MediaRange.init)
        let open = ranges.filter { $0.isOpenMetrics }.map(\.quality).max() ?? 0
        let text = ranges.filter { $0.isText }.map(\.quality).max() ?? 0
        self = open > 0 && open >= text ? .openMetrics : .prometheus
    }

    /// The answer's header `Content-Type`.
    public var contentType: String {
        switch self {
        case .prometheus: "text/plain; version=0.0.4; charset=utf-8"
        case .openMetrics: "application/openmetrics-text; version=1.0.0; charset=utf-8"
        }
    }
}

/// What a client would take, as one part of an `Accept` header says.
private struct MediaRange {
    private let type: String
    private let parameters: [String: String]

    init(_ text: Substring) {
        let parts = text.split(separator: ";").map { $0.filter { !$0.isWhitespace }.lowercased() }
        type = parts.first ?? ""
        let pairs = parts.dropFirst().map { $0.split(separator: "=", maxSplits: 1) }.filter { $0.count == 2 }
        parameters = Dictionary(pairs.map { (String($0[0]), String($0[1])) }) { first, _ in first }
    }

    /// 0 to 1.
    var quality: Double {
        guard let text = parameters["q"] else { return 1 }
        return Double(text).map { min(max($0, 0), 1) } ?? 0
    }

    var isOpenMetrics: Bool {
        type == "application/openmetrics-text" && ["1.0.0", nil].contains(parameters["version"])
    }

    var isText: Bool { type == "text/plain" }
}
