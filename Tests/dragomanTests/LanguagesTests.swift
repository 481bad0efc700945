import Foundation
import TestSupport
import Testing

@Suite struct LanguagesTests {
    private func json(_ arguments: [String]) async throws -> [String: Any] {
        let outcome = try await Tool.run(["languages", "--json"] + arguments)
        try #require(outcome.status == 0, "\(outcome.messages)")
        return try #require(try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
    }

    @Test func allDirections() async throws {
        let text = try await Tool.run(["languages"])
        #expect(text.status == 0 && text.lines.contains { $0.hasPrefix("fr    French      high       32.9 r") })
        #expect(text.output.contains("unusable with 0.3B, 1B and 2B") && text.output.contains("\nr: recalled"))
        let directions = try #require(try await json([])["directions"] as? [[String: Any]])
        #expect(directions.count == 21 + 15)
        let tamil = try #require(directions.first { $0["source"] as? String == "ta" }?["published"] as? [[String: Any]])
        #expect(tamil.map { $0["verdict"] as? String } == ["unusable", "unusable", "unusable"])
    }

    /// A checkpoint is known by its folder's name.
    @Test func directionsOfACheckpoint() async throws {
        let folder = try TemporaryDirectory()
        for (name, from, into) in [("1b-en-to-15", 0, 15), ("300m-21-to-en", 21, 0), ("2b-22-to-16", 21, 15)] {
            let path = folder.file("wav2vec2-xls-r-\(name)")
            try FileManager.default.copyItem(atPath: Fixtures.path("tiny"), toPath: path)
            if into > 0 {
                // In English's place German, as the published files have it.
                let settings = path + "/generation_config.json"
                let text = try String(contentsOfFile: settings, encoding: .utf8)
                    .replacingOccurrences(of: "\"forced_bos_token_id\": 68", with: "\"forced_bos_token_id\": 67")
                try text.write(toFile: settings, atomically: true, encoding: .utf8)
            }
            let listing = try await json(["--model", path])
            let directions = try #require(listing["directions"] as? [[String: Any]])
            #expect(directions.count { $0["target"] as? String == "en" } == from, "\(name)")
            #expect(directions.count { $0["source"] as? String == "en" } == into, "\(name)")
            #expect(listing["size"] as? String == ["1b": "1B", "30": "0.3B", "2b": "2B"][String(name.prefix(2))])
        }
        let text = try await Tool.run(["languages", "--model", folder.file("wav2vec2-xls-r-1b-en-to-15")])
        #expect(text.output.contains("cy    Welsh") && text.output.contains("mBART-50's fi_FI"))
    }

    @Test func otherModels() async throws {
        let outcome = try await Tool.run(["languages", "--model", DemoModel.checkpoint])
        #expect(
            outcome.output.contains("Nothing is published") && outcome.lines.contains { $0.hasPrefix("en    English") })
        #expect(try await Tool.run(["languages", "--model", "/missing"]).status == 1)
    }
}
