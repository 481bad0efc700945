/// A line of the benchmark's input.
struct Command: Decodable {
    enum Operation: String, Decodable {
        case encode
        case decodeSteps = "decode_steps"
        case utterance
        case batch
    }

    let op: Operation
    /// Path of raw little-endian float32 samples, 16 kHz mono.
    let clip: String
    let beams: Int?
    let steps: Int?
    /// Of a batch: the steps of each job, the most jobs at a time, and whether their encoding is part of it.
    let jobs: [Int]?
    let atATime: Int?
    let whole: Bool?
}
