/// A line of the benchmark's output.
struct Answer: Encodable {
    var ready: Bool?
    var loadSeconds: Double?
    var threads: Int?
    var precision: String?
    /// Bytes of weights that a decoder step reads.
    var stepBytes: Int?
    var versions: [String: String]?
    var seconds: Double?
    var frames: Int?
    var steps: Int?
    var tokens: [Int32]?
    /// How many steps had so many rows.
    var rows: [Int: Int]?
    var error: String?
}
