import Metrics
import Synchronization

/// A sum that only grows.
final class CounterCell: CounterHandler, FloatingPointCounterHandler, MetricCell {
    private let total = Mutex(0.0)

    var value: MetricFamily.Value { .number(total.withLock { $0 }) }

    func increment(by amount: Int64) { increment(by: Double(amount)) }

    func increment(by amount: Double) {
        guard amount > 0, amount.isFinite else { return }
        total.withLock { $0 += amount }
    }

    func reset() { total.withLock { $0 = 0 } }
}
