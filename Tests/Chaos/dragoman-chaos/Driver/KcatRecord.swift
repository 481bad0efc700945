import Foundation

/// A record as kcat prints it with `-J`.
struct KcatRecord: Decodable, Sendable, Hashable {
    var topic: String
    var partition: Int32
    var offset: Int64
    /// Milliseconds since 1970.
    var ts: Int64?
    var key: String?
    var payload: String?
    /// Names and values in turn.
    var headers: [String?]?

    /// The value of the last header of that name.
    func header(_ name: String) -> String? {
        guard let headers else { return nil }
        let pairs = stride(from: 0, to: headers.count - 1, by: 2)
        let index = pairs.reversed().first { headers[$0] == name }
        return index.flatMap { headers[$0 + 1] }
    }
}
