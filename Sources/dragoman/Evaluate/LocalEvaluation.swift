import ArgumentParser
import Evaluation
import Foundation
import Jobs
import SpeechTranslation
import Worker

/// Translates the recordings of an evaluation on this machine.
struct LocalEvaluation: Sendable {
    let translator: Translator
    let model: EvaluatedModel
    let decoding: JobDecoding
    let display: ProgressDisplay

    init(engine: Engine, decoding: JobDecoding, display: ProgressDisplay) throws {
        translator = engine.translator
        let model = try engine.model()
        self.model = EvaluatedModel(name: model.name, digest: model.digest, precision: model.precision)
        self.decoding = decoding
        self.display = display
    }

    /// Checks that the checkpoint has all target languages, before anything is translated.
    /// - Throws: `ValidationError`.
    func validate(_ items: [EvaluationItem]) throws {
        if let item = items.first(where: \.isURI) {
            throw ValidationError("\(item.audio): only the fleet fetches URIs (--through-fleet); expected a path")
        }
        for target in Set(items.map(\.pair.target)).sorted() {
            do {
                try translator.validate(DecodingOptions(decoding, target: target))
            } catch let error as SpeechTranslationError {
                throw ValidationError(error.message)
            }
        }
    }

    /// Translates what has no result in the file yet, or one that says it failed, and adds it there.
    /// - Parameter name: what the progress calls the results.
    /// - Returns: the file's contents then.
    /// - Throws: `CancellationError`, or what keeps results from being written.
    func run(_ items: [EvaluationItem], resultsPath: String, name: String) async throws -> EvaluationResults {
        let header = EvaluationHeader(decoding: decoding.named, model: model)
        var writer = try EvaluationResultsWriter(path: resultsPath) { _ in header }
        let open = items.filter { writer.results.records[$0.key]?.isSuccess != true }
        var progress = ProgressReport(verb: "done", done: items.count - open.count, total: items.count)
        progress.audioSeconds = 0
        display.start("\(name): \(ReadableNumber.counted(open.count, "recording")) to translate")
        defer { display.stop() }
        // One target at a time, in the manifest's order.
        var targets: [String] = []
        for item in open where !targets.contains(item.pair.target) { targets.append(item.pair.target) }
        for target in targets {
            let items = open.filter { $0.pair.target == target }
            let translation = FileTranslation(
                translator: translator, options: DecodingOptions(decoding, target: target))
            var index = 0
            try await translation.translate(items.map(\.audio)) { line in
                let record = EvaluationRecord(line, item: items[index], model: model)
                index += 1
                try writer.append(record)
                progress.done += 1
                progress.failed += record.isSuccess ? 0 : 1
                progress.audioSeconds = (progress.audioSeconds ?? 0) + (record.audioSeconds ?? 0)
                display.update(progress)
            }
        }
        return writer.results
    }
}

extension EvaluationRecord {
    fileprivate init(_ line: ResultLine, item: EvaluationItem, model: EvaluatedModel) {
        let timings = line.timings
        self.init(
            item: item.key, status: line.status.schemaName, text: line.text, beamScore: line.beamScore,
            meanTokenLogprob: line.meanTokenLogprob, audioSeconds: line.audioSeconds,
            seconds: timings.map { $0.decode + $0.encode + $0.generate } ?? 0,
            finishTime: Date().timeIntervalSince1970, reason: line.failure?.reason, model: model)
    }
}

extension JobDecoding {
    /// What was asked for, by the schema's names of the fields.
    var named: [String: String] {
        var named: [String: String] = [:]
        if hasBeams { named["beams"] = String(beams) }
        if hasMaxLength { named["max_length"] = String(maxLength) }
        if hasMaxNewTokens { named["max_new_tokens"] = String(maxNewTokens) }
        if hasLengthPenalty { named["length_penalty"] = String(lengthPenalty) }
        switch earlyStopping {
        case .true: named["early_stopping"] = "true"
        case .false: named["early_stopping"] = "false"
        case .never: named["early_stopping"] = "never"
        case .unspecified, .UNRECOGNIZED: break
        }
        if hasNoRepeatNgramSize { named["no_repeat_ngram_size"] = String(noRepeatNgramSize) }
        return named
    }
}
