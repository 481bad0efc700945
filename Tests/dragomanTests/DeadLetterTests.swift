import Foundation
import Jobs
import Kafka
import TestSupport
import Testing

/// `dead-letters` as processes, with dead letters that the test writes in the workers' place.
@Suite(.timeLimit(.minutes(6))) struct DeadLetterTests {
    @Test(arguments: BrokerKind.allCases) func fromGivenUpToDone(kind: BrokerKind) async throws {
        let fleet = try await TestFleet(kind)
        let records = try FleetRecords(fleet)
        let folder = try DemoModel.copies(3)
        let submitted = try await fleet.run(["submit", folder.path, "--lane", "bulk", "--format", "json"])
        let batch = submitted.output.filter { !$0.isNewline }
        let jobs = try await records.read(records.topics.bulkJobs)
        try #require(jobs.count == 3)
        try await records.answer(jobs, status: .deadLettered)
        try await records.write(jobs.map { records.letter($0, reason: .storageUnavailable) })
        try await records.write([
            KafkaProducerRecord(topic: records.topics.deadLetters, key: nil, value: [0x1B, 0x5B, 0x32, 0x4A])
        ])

        let table = try await fleet.run(["dead-letters", "list", "--batch", batch])
        #expect(table.status == 0 && table.lines.count == 4 && table.lines[0].contains("REASON"), "\(table.messages)")
        let list = try await fleet.run(["dead-letters", "list", "--json", "--since", "1h"])
        #expect(list.lines.count == 4 && list.output.contains(#""lane":"\#(fleet.prefix)jobs.bulk""#))
        #expect(try await fleet.run(["dead-letters", "list", "--class", "lethal"]).output.isEmpty)
        #expect(try await fleet.run(["dead-letters", "list", "--json", "--limit", "2"]).lines.count == 2)

        let id = try records.job(jobs[0]).id
        let page = try await fleet.run(["dead-letters", "show", id])
        #expect(page.status == 0 && page.output.contains("reason       STORAGE_UNAVAILABLE"), "\(page.output)")
        #expect(page.output.contains(#""batchId":"\#(batch)""#))
        let raw = try await fleet.run(["dead-letters", "show", id, "--raw"])
        #expect(Array(raw.output.utf8) == jobs[0].value)
        let unreadable = try #require(list.lines.first { $0.contains(#""job_id":null"#) })
        let object = try #require(JSONSerialization.jsonObject(with: Data(unreadable.utf8)) as? [String: Any])
        let place = try #require(object["at"] as? String)
        let shown = try await fleet.run(["dead-letters", "show", place])
        #expect(shown.output.contains(#"4 bytes: \x1b[2J"#), "\(shown.output)")
        #expect(try await fleet.run(["dead-letters", "show", "nobody"]).status == 1)

        let dry = try await fleet.run(["dead-letters", "replay", "--batch", batch, "--dry-run"])
        #expect(
            dry.status == 0 && dry.lines.count == 3 && dry.lines[0].hasSuffix("jobs.bulk, run 1"), "\(dry.messages)")
        let replayed = try await fleet.run(["dead-letters", "replay", "--all"])
        #expect(
            replayed.status == 1 && replayed.lines.count == 3 && replayed.messages.contains("1 left out: can't be read")
        )
        let again = try await fleet.run(["dead-letters", "replay", "--all", "--json"])
        #expect(again.output == #"{"sent":0,"unreadable":1,"empty":0,"replayed_before":3,"dry_run":false}"# + "\n")
        let sent = try await records.read(records.topics.bulkJobs).filter { try records.job($0).run == 1 }
        #expect(Set(sent.map(\.partition)) == Set(jobs.map(\.partition)) && sent.count == 3)
        try await records.answer(sent, status: .ok)
        let gathered = try await fleet.run(["gather", batch, "--timeout", "280"])
        #expect(gathered.status == 0 && gathered.lines.count == 3, "\(gathered.messages)")

        #expect(try await fleet.run(["dead-letters", "purge", "--all"]).status == 2)
        let purged = try await fleet.run(["dead-letters", "purge", place, "--yes"])
        #expect(purged.status == 0, "\(purged.messages)")
        #expect(try await fleet.run(["dead-letters", "list"]).output.isEmpty)
        let all = try await fleet.run(["dead-letters", "purge", "--all", "--yes"])
        #expect(all.status == 0 && all.output.contains("dead letter"), "\(all.messages)")
        #expect(try await fleet.run(["dead-letters", "replay", "--all", "--json"]).output.hasPrefix(#"{"sent":0,"#))
    }
}
