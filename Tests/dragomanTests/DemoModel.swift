import Foundation
import TestSupport

/// The demonstration's checkpoint, its recordings, and what Hugging Face made of them.
enum DemoModel {
    struct Sample {
        let path: String
        let beamText: String
    }

    struct Tokens: Decodable {
        let path: String
        let greedy: [Int32]
        let beam5: [Int32]
    }

    static let checkpoint = Fixtures.path("demo-model/model")
    static let samplesFolder = Fixtures.path("demo-model/samples")

    static func samples() throws -> [Sample] {
        let table = try String(contentsOfFile: samplesFolder + "/samples.tsv", encoding: .utf8)
        let rows = table.split(separator: "\n").map { $0.split(separator: "\t", omittingEmptySubsequences: false) }
        guard let header = rows.first, let path = header.firstIndex(of: "path"),
            let text = header.firstIndex(of: "hf_beam5")
        else { return [] }
        return rows.dropFirst().map { Sample(path: samplesFolder + "/" + $0[path], beamText: String($0[text])) }
    }

    /// So many recordings in a folder, in the order of ``samples()`` over and over.
    static func copies(_ count: Int) throws -> TemporaryDirectory {
        let samples = try samples()
        let folder = try TemporaryDirectory()
        for number in 0..<count {
            let sample = samples[number % samples.count].path
            let name = sample.split(separator: "/").last ?? ""
            try FileManager.default.copyItem(atPath: sample, toPath: folder.file("\(1000 + number)-\(name)"))
        }
        return folder
    }

    static func tokens() throws -> [Tokens] {
        let json = try Data(contentsOf: URL(filePath: samplesFolder + "/token-ids.json"))
        return try JSONDecoder().decode([Tokens].self, from: json)
    }
}
