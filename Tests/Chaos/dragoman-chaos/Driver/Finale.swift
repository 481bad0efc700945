import Foundation
import Jobs
import Kafka

/// The end of a run: what is left is finished in peace, the workers leave, and the books are closed.
struct Finale: Sendable {
    let stage: Stage
    /// How long the fleet may take to answer what is left.
    let patience: Duration

    func play() async throws {
        try stage.setStorage(.fine)
        try await stage.setBroker(isUp: true)
        try stage.setRoundTrip(milliseconds: 0)
        let submitted = Set(
            try JSONLines.read(Submission.self, path: stage.folder.submissions).map {
                JobRun(jobID: $0.job, run: $0.run)
            })
        // What does not happen in time is for the verifier to say.
        try await stage.wait(patience) {
            try await stage.watch.update()
            return await stage.watch.answered.isSuperset(of: submitted)
        }
        try await stage.wait(min(patience, .seconds(30))) { try await lagging().isEmpty }
        for end in try await lagging() {
            stage.journal.note(
                .lagging,
                detail: "\(end.topic)[\(end.partition)] \(end.committed.map(String.init) ?? "-") of \(end.end)")
        }
        stage.journal.note(.step, detail: "the end")
        await stage.fleet.stop(patience: .seconds(stage.settings.grace + 5))
        try await closeBooks()
    }

    /// Writes down where everything ended, when the tails have read as far.
    private func closeBooks() async throws {
        let ends = try await ends()
        let file = try AppendOnlyFile(path: stage.folder.offsets)
        for end in ends { try file.append(JSONEncoder().encode(end)) }
        let isRead = try await stage.wait(.seconds(30)) {
            try await stage.watch.update()
            for end in ends where end.end > end.low {
                guard await stage.watch.ends(of: end.topic)[end.partition, default: 0] >= end.end else { return false }
            }
            return true
        }
        guard isRead else { throw ChaosError("kcat did not read all topics to their end; see \(stage.folder.logs)") }
    }

    private func lagging() async throws -> [PartitionEnd] {
        try await ends().filter { stage.settings.sources.contains($0.topic) && !$0.isCommitted }
    }

    private func ends() async throws -> [PartitionEnd] {
        let committed = try await stage.reader.committedOffsets(
            group: stage.settings.group, topics: stage.topics.sources)
        let commits = Dictionary(
            committed.map { (KafkaPartition(topic: $0.topic, partition: $0.partition), $0) },
            uniquingKeysWith: { $1 })
        var ends: [PartitionEnd] = []
        for topic in stage.topics.all {
            for (partition, range) in try await stage.reader.watermarks(of: topic).sorted(by: { $0.key < $1.key }) {
                let commit = commits[KafkaPartition(topic: topic, partition: partition)]
                ends.append(
                    PartitionEnd(
                        topic: topic, partition: partition, low: range.low, end: range.high,
                        committed: commit?.offset, metadata: commit?.metadata))
            }
        }
        return ends
    }
}
