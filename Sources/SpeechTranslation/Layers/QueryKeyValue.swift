import Checkpoint
import Compute

/// The three projections that self-attention begins with, `width × width` each, of the same rows.
struct QueryKeyValue: Sendable {
    let query, key, value: LinearLayer
    // What all three are stored in, if it is the same: then the rows are prepared once for all.
    private let precision: WeightPrecision?

    /// - Parameter name: The attention's.
    init(_ checkpoint: Checkpoint, _ name: String, width: Int) throws {
        query = try LinearLayer(checkpoint, "\(name).q_proj", inputs: width, outputs: width)
        key = try LinearLayer(checkpoint, "\(name).k_proj", inputs: width, outputs: width)
        value = try LinearLayer(checkpoint, "\(name).v_proj", inputs: width, outputs: width)
        let precisions = [query, key, value].map(\.packedPrecision)
        precision = precisions.allSatisfy { $0 == precisions[0] } ? precisions[0] : nil
    }

    /// The rows of one utterance, or of several where the weights are packed.
    func apply(_ x: UnsafePointer<Float>, rows: Int, into target: Target, _ compute: ComputeContext) {
        guard !applyTogether(x, rows: rows, into: target, compute) else { return }
        query.apply(x, rows: rows, into: target.query, compute)
        key.apply(x, rows: rows, into: target.key, compute)
        value.apply(x, rows: rows, into: target.value, compute)
    }

    /// A decoder step's rows.
    func applyToFewRows(_ x: UnsafePointer<Float>, rows: Int, into target: Target, _ compute: ComputeContext) {
        guard !applyTogether(x, rows: rows, into: target, compute) else { return }
        query.applyToFewRows(x, rows: rows, into: target.query, compute)
        key.applyToFewRows(x, rows: rows, into: target.key, compute)
        value.applyToFewRows(x, rows: rows, into: target.value, compute)
    }

    /// Where the results go, `rows × width` each.
    struct Target {
        let query, key, value: UnsafeMutablePointer<Float>
    }

    private func applyTogether(
        _ x: UnsafePointer<Float>, rows: Int, into target: Target, _ compute: ComputeContext
    ) -> Bool {
        guard let precision, let first = query.product(into: target.query),
            let second = key.product(into: target.key), let third = value.product(into: target.value)
        else { return false }
        compute.withPrepared(x, rows: rows, depth: query.inputs, precision: precision) { activations in
            compute.multiply(activations, by: (first, second, third))
        }
        return true
    }
}
