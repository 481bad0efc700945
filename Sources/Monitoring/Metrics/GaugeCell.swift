import Metrics
import Synchronization

/// A value that goes up and down. What is recorded last counts.
final class GaugeCell: MeterHandler, RecorderHandler, MetricCell {
    private let current = Mutex(0.0)

    var value: MetricFamily.Value { .number(current.withLock { $0 }) }

    func set(_ value: Int64) { set(Double(value)) }
    func set(_ value: Double) { current.withLock { $0 = value } }
    func increment(by amount: Double) { current.withLock { $0 += amount } }
    func decrement(by amount: Double) { current.withLock { $0 -= amount } }
    func record(_ value: Int64) { set(Double(value)) }
    func record(_ value: Double) { set(value) }
}
