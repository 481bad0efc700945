/// A line of the benchmark's input.
struct Command: Decodable {
    enum Operation: String, Decodable {
        case encode
        case decodeSteps = "decode_steps"
    }

    let op: Operation
    /// Path of raw little-endian float32 samples, 16 kHz mono.
    let clip: String
    let beams: Int?
    let steps: Int?
}
