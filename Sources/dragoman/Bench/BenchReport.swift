/// What a benchmark found. Times are seconds.
struct BenchReport: Encodable, Sendable {
    struct Model: Encodable, Sendable {
        let name: String
        let precision: String
        let bytes: Int
        let digest: String?
    }

    struct Machine: Encodable, Sendable {
        let processor: String
        let features: [String]
        let threads: Int
        let kernels: String
        let blas: String

        enum CodingKeys: String, CodingKey {
            case processor, features, threads, kernels, blas
        }
    }

    /// What was asked for.
    struct Work: Encodable, Sendable {
        let audioSeconds: Double
        let clip: String?
        let beams: Int
        let tokens: Int
        let batch: Int
        let repetitions: Int

        enum CodingKeys: String, CodingKey {
            case clip, beams, tokens, batch, repetitions
            case audioSeconds = "audio_seconds"
        }
    }

    struct Limits: Encodable, Sendable {
        /// Bytes a second.
        var bandwidth = Series()
        /// Operations a second.
        var float32 = Series()
        var bfloat16 = Series()
        var int8 = Series()

        enum CodingKeys: String, CodingKey {
            case bandwidth = "bytes_per_second"
            case float32 = "float32_operations_per_second"
            case bfloat16 = "bfloat16_operations_per_second"
            case int8 = "int8_operations_per_second"
        }

        mutating func add(_ limits: MachineLimits) {
            bandwidth.add(limits.bandwidth)
            float32.add(limits.float32)
            bfloat16.add(limits.bfloat16)
            int8.add(limits.int8)
        }
    }

    /// From opening the model to the first translation, and of that the time until it was open.
    struct Start: Encodable, Sendable {
        var total = Series()
        var load = Series()
    }

    let version: String
    let model: Model
    let machine: Machine
    let work: Work

    var encoder = Series()
    /// The products of the encoder's linear layers alone.
    var linearLayers = Series()
    var decoderStep = Series()
    var utterance = Series()
    /// A step of all utterances of the batch, and the whole of them.
    var batchStep = Series()
    var batch = Series()
    var warmStart = Start()
    var coldStart = Start()
    var limits = Limits()

    /// Bytes of weights that a decoder step reads.
    let stepBytes: Int
    /// Multiplications and additions of the encoder's linear layers.
    let linearOperations: Int
    /// Of the bandwidth measured before and after.
    var stepBandwidthShare = Series()
    /// Of the peak measured before and after.
    var linearPeakShare = Series()
    /// Of the model's files before the cold start: what could not be evicted.
    var coldResidentShare = 0.0

    enum CodingKeys: String, CodingKey {
        case version, model, machine, work, encoder, utterance, batch, limits
        case linearLayers = "linear_layers"
        case decoderStep = "decoder_step"
        case batchStep = "batch_step"
        case warmStart = "warm_start"
        case coldStart = "cold_start"
        case stepBytes = "step_bytes"
        case linearOperations = "linear_operations"
        case stepBandwidthShare = "step_bandwidth_share"
        case linearPeakShare = "linear_peak_share"
        case coldResidentShare = "cold_resident_share"
    }
}
