import Checkpoint
import Compute

/// What there is to read and to multiply, for benchmarks.
extension Translator {
    /// Bytes of weights that a decoder step reads: the layers', without those that make keys and values of the encoded
    /// utterance once, and the vocabulary's.
    package func decoderStepByteCount() throws -> Int {
        let projection = checkpoint.vocabularyNames.projection
        return try inventory.items.reduce(0) { sum, item in
            switch item.role {
            case .decoder where Self.isPerUtterance(item.name): sum
            case .decoder: sum + (try LinearWeight(checkpoint, item)).byteCount
            case .vocabulary where item.name == projection: sum + (try LinearWeight(checkpoint, item)).byteCount
            default: sum
            }
        }
    }

    private var inventory: TensorInventory {
        TensorInventory(checkpoint, vocabularySize: checkpoint.vocabularyShortlist?.count)
    }

    private static func isPerUtterance(_ name: String) -> Bool {
        name.contains(".encoder_attn.k_proj.") || name.contains(".encoder_attn.v_proj.")
    }

    /// The products of the encoder's linear layers for an utterance, by themselves.
    package struct LinearLayers: Sendable {
        /// Multiplications and additions, by the precision of the weights.
        package let operations: [WeightPrecision: Int]
        fileprivate let layers: [LinearLayer]
        fileprivate let rows: Int
    }

    /// The encoder's linear layers, as many rows as an utterance has frames.
    package func encoderLinearLayers(sampleCount: Int) throws -> LinearLayers {
        let convolutions = zip(checkpoint.configuration.encoder.convKernel, checkpoint.configuration.encoder.convStride)
        let rows = convolutions.reduce(sampleCount) { length, shape in max(0, (length - shape.0) / shape.1 + 1) }
        var (layers, operations): ([LinearLayer], [WeightPrecision: Int]) = ([], [:])
        let roles: Set<TensorInventory.Role?> = [.featureProjection, .attention, .feedForward]
        for item in inventory.items where roles.contains(item.role) {
            let (outputs, inputs) = (item.shape[0], item.shape[1])
            layers.append(
                try LinearLayer(
                    checkpoint, String(item.name.dropLast(".weight".count)), inputs: inputs, outputs: outputs))
            operations[try LinearWeight(checkpoint, item).precision, default: 0] += 2 * rows * inputs * outputs
        }
        return LinearLayers(operations: operations, layers: layers, rows: rows)
    }

    /// Computes the products, of numbers that don't matter.
    package func run(_ linear: LinearLayers) async throws {
        try await measured { _, compute, check in
            let input = Matrix(rows: linear.rows, columns: linear.layers.reduce(0) { max($0, $1.inputs) })
            for index in 0..<input.count { input.pointer[index] = Float(index * 7919 % 2003) / 1000 - 1 }
            let output = Matrix(rows: linear.rows, columns: linear.layers.reduce(0) { max($0, $1.outputs) })
            for layer in linear.layers {
                try check()
                layer.apply(input.pointer, rows: linear.rows, into: output.pointer, compute)
            }
        }
    }
}

extension LinearWeight {
    fileprivate init(_ checkpoint: Checkpoint, _ item: TensorInventory.Item) throws {
        try self.init(checkpoint, item.name, inputs: item.shape[1], outputs: item.shape[0])
    }

    fileprivate var precision: WeightPrecision {
        switch self {
        case .float32: .float32
        case .packed(let matrix): matrix.precision
        }
    }

    /// Bytes that a product with the whole matrix reads.
    fileprivate var byteCount: Int {
        switch self {
        case .float32(let tensor): 4 * tensor.count
        case .packed(let matrix): matrix.byteCount
        }
    }
}
