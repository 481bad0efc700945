import Coordinator
import Foundation
import HTTPTypes
import Kafka
import Testing

@testable import Gateway

@Suite struct PagePartsTests {
    @Test func ratesAndRemainingTime() {
        var rates = FinishRates()
        #expect(rates.now == nil && rates.history.isEmpty)
        for second in 0...20 {
            rates.add(
                FinishedJobs(
                    time: Int64(second) * 3000, jobs: second * 6, seconds: Double(second) * 30,
                    batches: ["b": second * 3]))
        }
        #expect(rates.now?.jobs == 2 && rates.now?.seconds == 10)
        #expect(rates.history == [10, 10, 10, 10])
        #expect(rates.remainingSeconds(ofBatch: "b", finished: 60, of: 100) == 40)
        #expect(rates.remainingSeconds(ofBatch: "b", finished: 100, of: 100) == nil)
        #expect(rates.remainingSeconds(ofBatch: "other", finished: 1, of: 100) == nil)
        // Retention takes jobs out of the counts.
        rates.add(FinishedJobs(time: 63_000, jobs: 0))
        #expect(rates.now?.jobs == 0)
    }

    @Test func backlogsByColumn() {
        var history = BacklogHistory(window: 900)
        func add(_ seconds: Int64, _ lags: [Int64]) {
            let partitions = lags.enumerated().map {
                PartitionLag(topic: "t", partition: Int32($0.offset), low: 0, end: $0.element)
            }
            history.add(
                LagReport(group: nil, time: Date(), partitions: partitions, ownersAreKnown: true), at: seconds * 1000)
        }
        add(600, [5])
        add(603, [7])
        add(606, [1, 2])
        #expect(history.times == [600_000, 606_000])
        #expect(history.lags(of: KafkaPartition(topic: "t", partition: 0)) == [7, 1])
        #expect(history.lags(of: KafkaPartition(topic: "t", partition: 1)) == [0, 2])
        #expect(history.lags(of: KafkaPartition(topic: "t", partition: 2)) == [0, 0])
        // It never takes more room.
        for column in 0..<1_000 as Range<Int64> { add(600 + column * 6, [column]) }
        #expect(history.times.count == 150)
        #expect(history.lags(of: KafkaPartition(topic: "t", partition: 0)).last == 999)
    }

    @Test func recordingsByTheirBytes() {
        let starts: [(RecordingType, [UInt8])] = [
            (.wav, Array("RIFF....WAVEfmt ".utf8)), (.flac, Array("fLaC........".utf8)),
            (.ogg, Array("OggS........".utf8)), (.aiff, Array("FORM....AIFC".utf8)), (.au, Array(".snd........".utf8)),
            (.mp3, Array("ID3.........".utf8)), (.mp3, [0xFF, 0xFB] + [UInt8](repeating: 0, count: 10)),
        ]
        for (type, head) in starts { #expect(RecordingType(head: head) == type) }
        for text in ["", "RIFF....AVI ", "<html>......", "no recording at all"] {
            #expect(RecordingType(head: Array(text.utf8)) == nil)
        }
    }

    /// A browser sends what other sites' pages ask for, too.
    @Test func otherSitesAreRefused() throws {
        func isLetThrough(_ authority: String, _ fields: HTTPFields = [:], isLoopback: Bool = true) -> Bool {
            let access = PageAccess(
                tokens: nil, isLoopback: isLoopback, isInsecure: !isLoopback, asksForCertificates: false)
            let request = HTTPRequest(
                method: .post, scheme: "http", authority: authority, path: "/api/recordings", headerFields: fields)
            return (try? access.client(of: request)) != nil
        }
        let site = try #require(HTTPField.Name("Sec-Fetch-Site"))
        #expect(isLetThrough("127.0.0.1:9464") && isLetThrough("localhost:9464") && isLetThrough("[::1]:9464"))
        #expect(isLetThrough("localhost", [site: "same-origin"]) && isLetThrough("localhost", [site: "none"]))
        #expect(!isLetThrough("localhost", [site: "cross-site"]) && !isLetThrough("localhost", [site: "same-site"]))
        #expect(!isLetThrough("localhost:1", [.origin: "http://evil.example"]))
        #expect(isLetThrough("localhost:1", [.origin: "http://localhost:1"]))
        // A name that leads here may be somebody else's.
        #expect(!isLetThrough("evil.example") && isLetThrough("fleet.example", isLoopback: false))
        let closed = [
            PageAccess(tokens: nil, isLoopback: true, isInsecure: true, asksForCertificates: true),
            PageAccess(tokens: nil, isLoopback: false, isInsecure: false, asksForCertificates: false),
        ]
        for access in closed {
            #expect(throws: PageError.self) {
                try access.client(of: HTTPRequest(method: .get, scheme: "http", authority: "localhost", path: "/"))
            }
        }
    }
}
