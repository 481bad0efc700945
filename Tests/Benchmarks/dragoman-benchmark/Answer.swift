/// A line of the benchmark's output.
struct Answer: Encodable {
    var ready: Bool?
    var loadSeconds: Double?
    var threads: Int?
    var versions: [String: String]?
    var seconds: Double?
    var frames: Int?
    var steps: Int?
    var tokens: [Int32]?
    var error: String?
}
