import Foundation
import TestSupport

/// `Tests/Clients/client.py`, which shares no code with Dragoman.
enum PythonClient {
    /// What a group has committed and where the topic ends, for one partition.
    struct Offsets: Decodable {
        let partition: Int
        let committed: Int?
        let low: Int
        let end: Int

        var lag: Int { end - (committed ?? low) }
    }

    static let path = Fixtures.root.appending(path: "Tests/Clients/client.py").path(percentEncoded: false)

    static func offsets(_ output: String) throws -> [Offsets] {
        try JSONDecoder().decode([Offsets].self, from: Data(output.utf8)).sorted { $0.partition < $1.partition }
    }
}

/// A partition in what `dragoman lag --json` prints.
struct ReportedLag: Decodable {
    private struct Report: Decodable {
        let partitions: [ReportedLag]
    }

    let topic: String
    let partition: Int
    let committed: Int?
    let end: Int
    let lag: Int

    static func partitions(_ output: String, topic: String) throws -> [ReportedLag] {
        try JSONDecoder().decode(Report.self, from: Data(output.utf8)).partitions
            .filter { $0.topic == topic }.sorted { $0.partition < $1.partition }
    }
}
