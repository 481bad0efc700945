import Metrics
import Synchronization

/// What a process measures: a factory for swift-metrics whose counters, gauges and histograms can be scraped, and sources
/// that are asked when somebody does.
///
/// The same name and labels give the same series. A name that was not described gets a description from its first use; one
/// that is used as another kind than it was described as gives a series that nobody sees.
public final class MetricRegistry: MetricsFactory {
    private struct Family {
        let description: MetricDescription
        var cells: [[MetricLabel]: any MetricCell] = [:]
    }

    private struct State {
        var families: [String: Family] = [:]
        var sources: [@Sendable () -> [MetricFamily]] = []
    }

    private let state = Mutex(State())

    /// Creates a registry.
    public init(_ descriptions: [MetricDescription] = []) {
        describe(descriptions)
    }

    /// Adds metrics that will have series.
    public func describe(_ descriptions: [MetricDescription]) {
        state.withLock { state in
            for each in descriptions where state.families[each.name] == nil {
                state.families[each.name] = Family(description: each)
            }
        }
    }

    /// Adds a source of metrics that is asked at each scrape.
    public func collect(_ source: @escaping @Sendable () -> [MetricFamily]) {
        state.withLock { $0.sources.append(source) }
    }

    /// Everything as it stands now, by name. Metrics without a series are left out.
    public var families: [MetricFamily] {
        let (own, sources) = state.withLock { state in
            let own = state.families.values.map { family in
                let samples = family.cells.map { MetricFamily.Sample($0.value.value, $0.key) }
                return MetricFamily(family.description, samples.sorted { $0.order < $1.order })
            }
            return (own, state.sources)
        }
        let all = own + sources.flatMap { $0() }
        return all.filter { !$0.samples.isEmpty }.sorted { $0.description.name < $1.description.name }
    }

    // MARK: - For swift-metrics

    /// A sum that only grows.
    public func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        cell(label, dimensions, .counter) { CounterCell() }
    }

    /// A sum that only grows, by fractions too.
    public func makeFloatingPointCounter(
        label: String, dimensions: [(String, String)]
    ) -> any FloatingPointCounterHandler {
        cell(label, dimensions, .counter) { CounterCell() }
    }

    /// A value that goes up and down.
    public func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        cell(label, dimensions, .gauge) { GaugeCell() }
    }

    /// A histogram, or, where nothing is to be aggregated, a value.
    public func makeRecorder(
        label: String, dimensions: [(String, String)], aggregate: Bool
    ) -> any RecorderHandler {
        guard aggregate else { return cell(label, dimensions, .gauge) { GaugeCell() } }
        return histogram(label, dimensions)
    }

    /// A histogram in seconds.
    public func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        histogram(label, dimensions)
    }

    // Series stay: a counter that begins anew would look like a restart.
    /// Does nothing.
    public func destroyCounter(_ handler: any CounterHandler) {}
    /// Does nothing.
    public func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) {}
    /// Does nothing.
    public func destroyMeter(_ handler: any MeterHandler) {}
    /// Does nothing.
    public func destroyRecorder(_ handler: any RecorderHandler) {}
    /// Does nothing.
    public func destroyTimer(_ handler: any TimerHandler) {}

    private func histogram(_ label: String, _ dimensions: [(String, String)]) -> HistogramCell {
        var bounds = [Double].durationBounds
        let described = state.withLock { $0.families[label.asMetricName]?.description.kind }
        if case .histogram(let own) = described { bounds = own }
        return cell(label, dimensions, .histogram(bounds: bounds)) { HistogramCell(bounds: bounds) }
    }

    private func cell<Cell: MetricCell>(
        _ label: String, _ dimensions: [(String, String)], _ kind: MetricDescription.Kind, make: () -> Cell
    ) -> Cell {
        let name = label.asMetricName
        let labels = dimensions.map { MetricLabel($0.0.asMetricName, $0.1) }.sorted { $0.name < $1.name }
        return state.withLock { state in
            let description =
                state.families[name]?.description ?? MetricDescription(name, kind, "\(label), without a description.")
            if let cell = state.families[name]?.cells[labels] as? Cell { return cell }
            let cell = make()
            if description.kind == kind, state.families[name]?.cells[labels] == nil {
                state.families[name, default: Family(description: description)].cells[labels] = cell
            }
            return cell
        }
    }
}

extension MetricFamily.Sample {
    /// By which the series of a metric are sorted.
    fileprivate var order: String { labels.map { "\($0.name)=\($0.value)" }.joined(separator: ",") }
}

extension String {
    /// With an underscore for whatever names of metrics and labels may not have.
    fileprivate var asMetricName: String {
        let name = String(map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
        return name.first?.isNumber == false ? name : "_" + name
    }
}
