import Foundation
import Jobs
import Kafka
import Logging
import TestSupport
import Testing

/// Broker, workers, submit and gather as processes, on the demonstration model.
@Suite(.timeLimit(.minutes(6))) struct FleetTests {
    @Test func recordingsThereAndBack() async throws {
        let broker = try await BrokerProcess()
        let folder = try TemporaryDirectory()
        let text = try folder.write(Array("not audio".utf8), to: "text.wav")
        let workers = try (1...2).map { number in
            try RunningTool([
                "worker", "--model", DemoModel.checkpoint, "--audio-root", DemoModel.samplesFolder, "--audio-root",
                folder.path, "--name", "w\(number)", "--kafka-config", broker.configPath, "--log-format", "json",
            ])
        }
        let samples = try DemoModel.samples()

        for format in ["protobuf", "json"] {
            let submitted = try await Tool.run(
                [
                    "submit", "--kafka-config", broker.configPath, "--format", format, "--batch", format, "--n-best",
                    "2",
                    "--label", "k=v",
                ]
                    + samples.map(\.path))
            #expect(submitted.status == 0 && submitted.output == "\(format)\n", "\(submitted.messages)")
            let gathered = try await Tool.run([
                "gather", format, "--kafka-config", broker.configPath, "--timeout", "280",
            ])
            #expect(gathered.status == 0, "\(gathered.messages)")
            let lines = try ParsedLine.parse(gathered.lines)
            #expect(lines.map(\.file) == samples.map(\.path))
            #expect(lines.map(\.text) == samples.map(\.beamText))
            #expect(lines.map(\.batchIndex) == Array(0..<samples.count))
            #expect(lines.allSatisfy { $0.status == "OK" && $0.labels == ["k": "v"] })
            #expect(lines.allSatisfy { $0.alternatives?.count == 1 && $0.alternatives?.first?.tokens != $0.tokens })
        }

        // A failed job: the batch's id is derived, and the same again is the same batch.
        let files = [text, samples[0].path]
        let first = try await Tool.run(["submit", "--kafka-config", broker.configPath] + files)
        let second = try await Tool.run(["submit", "--kafka-config", broker.configPath] + files + [text])
        let batch = first.output.trimmingCharacters(in: .newlines)
        #expect(batch.count == 32 && second.output == first.output && second.messages.contains("more than once"))
        let table = try await Tool.run([
            "gather", batch, "--kafka-config", broker.configPath, "--timeout", "280", "--format", "tsv",
        ])
        #expect(table.status == 1 && table.messages.contains("1 of 2 jobs failed"))
        #expect(table.lines.count == 3 && table.lines[1].hasPrefix("\(text)\tFAILED\t\tAUDIO_FORMAT_NOT_SUPPORTED: "))

        for worker in workers {
            worker.send(SIGTERM)
            let outcome = try await worker.outcome()
            #expect(outcome.status == 0 && outcome.messages.contains(#""message":"left the group""#))
            for sample in samples { #expect(!outcome.messages.contains(sample.beamText)) }
        }
        try await checkEncodings(broker.configPath)
    }

    /// A result is encoded as its job was, and lies at the partition number its job came from.
    private func checkEncodings(_ configPath: String) async throws {
        let configuration = try KafkaConfiguration(properties: KafkaConfiguration.properties(fromFile: configPath))
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        let reader = try KafkaReader(configuration: configuration, logger: logger)
        let topic = try TopicNames().results
        let starts = Dictionary(uniqueKeysWithValues: (0..<Int32(16)).map { ($0, Int64(0)) })
        for try await record in try await reader.read(topic: topic, from: starts, until: .currentEnd) {
            let headers = record.headers.map { MessageHeader(name: $0.key, value: $0.value) }
            let format = try MessageCodec.format(of: headers)
            let result: TranslationResult = try MessageCodec.decode(from: record.value, headers: headers)
            #expect(format == (result.batchID == "json" ? .json : .protobuf))
            #expect(result.origin.partition == record.partition)
        }
        await reader.close()
    }
}
