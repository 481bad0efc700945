/// How much of a tail's file was there at a time: so much was in the topic by then.
struct Sighting: Codable, Sendable, Hashable {
    /// Nanoseconds since 1970.
    var time: Int64
    /// The file's name.
    var file: String
    var bytes: UInt64
}
