import CommandSupport
import Coordinator
import Evaluation
import Foundation
import Jobs

/// Has the fleet translate the recordings of an evaluation: one batch, whose results are gathered.
struct FleetEvaluation: Sendable {
    let submitter: Submitter
    let gatherer: Gatherer
    let decoding: JobDecoding
    let lane: SubmitOptions.Lane
    let timeout: Duration?
    let display: ProgressDisplay
    let isQuiet: Bool
    /// How long to collect results before they are written down.
    var interval = Duration.seconds(60)

    private static let itemLabel = "evaluation-item"

    /// Submits what was not submitted before, and adds results to the file as they come.
    ///
    /// The batch's name is in the file: the same folder is the same batch, whose jobs are sent once.
    /// - Throws: `CoordinatorError`, `KafkaError`, `CancellationError`, or ``ExitStatus`` when the manifest can't be sent.
    func run(
        _ items: [EvaluationItem], folder: EvaluationFolder
    ) async throws -> (results: EvaluationResults, ending: GatheredBatch.Ending) {
        let name = "evaluation-\(UUID().uuidString.lowercased())"
        var writer = try EvaluationResultsWriter(path: folder.results) { existing in
            EvaluationHeader(decoding: decoding.named, batch: existing?.batch ?? name)
        }
        guard items.contains(where: { writer.results.records[$0.key]?.isSuccess != true }) else {
            return (writer.results, .complete)
        }
        let batchID = writer.results.header.batch ?? name
        display.start("submitting")
        defer { display.stop() }
        try EvaluationFolder.write(items.map(Self.line).joined(), to: folder.jobs)
        try await submit(batchID, folder.jobs)
        let keys = Set(items.map(\.key))
        let deadline = timeout.map { ContinuousClock.now + $0 }
        while true {
            let patience = min(interval, deadline.map { max(.zero, $0 - .now) } ?? interval)
            let gathered = try await gatherer.gather(batchID: batchID, timeout: patience) { [display] progress in
                display.update(progress, batch: batchID)
            }
            for result in gathered.results {
                let result = try result.decoded()
                guard let item = result.labels[Self.itemLabel], keys.contains(item) else { continue }
                let record = EvaluationRecord(result, item: item)
                if writer.results.records[item] != record { try writer.append(record) }
            }
            guard gathered.ending == .timedOut, deadline.map({ $0 > .now }) ?? true else {
                return (writer.results, gathered.ending)
            }
        }
    }

    private func submit(_ batchID: String, _ manifest: String) async throws {
        var template = TranslationJob()
        if decoding != JobDecoding() { template.decoding = decoding }
        let planner = try BatchPlanner(template: template, name: batchID)
        let batch = try await planner.batch(of: [.manifest(path: manifest, format: .jsonl)])
        try SubmitReport(batch: batch, isJSON: false, isQuiet: isQuiet).showFindings()
        let summary = try await submitter.submit(batch, options: SubmitOptions(resumes: true, lane: lane)) { progress in
            if case .sending(let sent, let total) = progress {
                display.update(ProgressReport(verb: "sent", done: sent, total: total))
            }
        }
        guard summary.isComplete else { throw CancellationError() }
    }

    /// An item as a line of a manifest of jobs.
    private static func line(_ item: EvaluationItem) -> String {
        var line = JSONText()
        if item.isURI {
            line.add("uri", item.audio)
        } else {
            let isAbsolute = item.audio.hasPrefix("/")
            line.add("path", isAbsolute ? item.audio : FileManager.default.currentDirectoryPath + "/" + item.audio)
        }
        line.add("source", item.pair.source)
        line.add("target", item.pair.target)
        line.add("labels", [itemLabel: item.key])
        return line.text + "\n"
    }
}

extension EvaluationRecord {
    fileprivate init(_ result: TranslationResult, item: String) {
        let line = ResultLine(result)
        let timings = result.timings
        self.init(
            item: item, status: result.status.schemaName, text: result.text, beamScore: line.beamScore,
            meanTokenLogprob: line.meanTokenLogprob, audioSeconds: line.audioSeconds,
            seconds: timings.decode + timings.encode + timings.generate,
            finishTime: result.finishDate?.timeIntervalSince1970 ?? 0,
            reason: result.hasError ? result.error.reason.schemaName : nil,
            model: result.hasModel
                ? EvaluatedModel(
                    name: result.model.name, digest: result.model.digest, precision: result.model.precision) : nil)
    }
}
