import Evaluation

/// The scores of several files of translations of the same segments, the first of which the others are compared with.
struct ScoreReport {
    private struct System {
        let file: String
        let bleu: BLEUResult
        let chrf2: Double
        /// Where there are several systems.
        var estimates: (bleu: ScoreEstimate, chrf2: ScoreEstimate)?
        /// For all but the first.
        var pValues: (bleu: Double, chrf2: Double)?
    }

    private let reference: SegmentFile
    private let bleu: BLEU
    private let chrf: CHRF
    /// `nil` where there is nothing to compare.
    private let resampling: Resampling?
    private let systems: [System]

    /// - Throws: `EvaluationError` where files are not equally long, or empty.
    init(
        reference: SegmentFile, hypotheses: [SegmentFile], bleu: BLEU, chrf: CHRF, resampling: Resampling
    ) throws {
        guard !reference.segments.isEmpty else {
            throw EvaluationError(.nothingToScore, "\(reference.path): the file is empty")
        }
        for file in hypotheses where file.segments.count != reference.segments.count {
            throw EvaluationError(
                .segmentCountsDiffer,
                "\(file.path) has \(ReadableNumber.counted(file.segments.count, "line")), "
                    + "\(reference.path) has \(ReadableNumber.count(reference.segments.count)): "
                    + "expected a translation for each reference")
        }
        self.reference = reference
        self.bleu = bleu
        self.chrf = chrf
        self.resampling = hypotheses.count > 1 ? resampling : nil
        func counts(_ metric: some TextMetric, _ file: SegmentFile) -> CorpusCounts {
            CorpusCounts(metric, zip(file.segments, reference.segments).map { ($0, $1) })
        }
        var baselines: (bleu: PairedBootstrap, chrf2: PairedBootstrap)?
        systems = hypotheses.map { file in
            let (bleuCounts, chrfCounts) = (counts(bleu, file), counts(chrf, file))
            var system = System(
                file: file.path, bleu: bleu.result(counts: bleuCounts.total),
                chrf2: chrf.score(counts: chrfCounts.total))
            guard hypotheses.count > 1 else { return system }
            if let baselines {
                let (ofBLEU, ofChrF) = (baselines.bleu.compare(bleuCounts), baselines.chrf2.compare(chrfCounts))
                system.estimates = (ofBLEU.estimate, ofChrF.estimate)
                system.pValues = (ofBLEU.pValue, ofChrF.pValue)
            } else {
                let first = (
                    bleu: PairedBootstrap(bleu, baseline: bleuCounts, resampling: resampling),
                    chrf2: PairedBootstrap(chrf, baseline: chrfCounts, resampling: resampling)
                )
                system.estimates = (first.bleu.baseline, first.chrf2.baseline)
                baselines = first
            }
            return system
        }
    }

    /// For programs: one object for each system.
    var jsonLines: [String] {
        systems.map { system in
            var line = JSONText()
            line.add("file", system.file)
            line.add("reference", reference.path)
            line.add("segments", reference.segments.count)
            line.add("bleu", system.bleu.score)
            line.add("precisions", numbers: system.bleu.precisions)
            line.add("bp", system.bleu.brevityPenalty)
            line.add("hyp_len", system.bleu.hypothesisLength)
            line.add("ref_len", system.bleu.referenceLength)
            line.add("counts", system.bleu.matches.map(Int32.init(clamping:)))
            line.add("totals", system.bleu.totals.map(Int32.init(clamping:)))
            line.add("chrf2", system.chrf2)
            line.add("signature") { object in
                object.add("bleu", bleu.signature(resampling: resampling))
                object.add("chrf2", chrf.signature(resampling: resampling))
            }
            if let estimates = system.estimates {
                line.add("bootstrap") { object in
                    object.add("bleu") { $0.add(estimates.bleu, system.pValues?.bleu) }
                    object.add("chrf2") { $0.add(estimates.chrf2, system.pValues?.chrf2) }
                }
            }
            return line.text
        }
    }

    /// For people: of one system what sacreBLEU prints, else a table.
    func lines(decimals: Int) -> [String] {
        let signatures = [
            "\(bleu.name)|\(bleu.signature(resampling: resampling))",
            "\(chrf.name)|\(chrf.signature(resampling: resampling))",
        ]
        guard resampling != nil else { return systems.flatMap { alone($0, signatures, decimals: decimals) } }
        var table = TextTable([
            ("FILE", .left), ("BLEU", .right), ("95%", .right), ("P", .right), ("CHRF2", .right), ("95%", .right),
            ("P", .right),
        ])
        func interval(_ estimate: ScoreEstimate?) -> String {
            estimate.map { "\($0.mean.fixed(decimals)) ± \($0.halfWidth.fixed(decimals))" } ?? "-"
        }
        func probability(_ value: Double?) -> String { value.map { $0.fixed(4) + ($0 < 0.05 ? "*" : " ") } ?? "- " }
        for system in systems {
            table.add([
                system.file, system.bleu.score.fixed(decimals), interval(system.estimates?.bleu),
                probability(system.pValues?.bleu), system.chrf2.fixed(decimals), interval(system.estimates?.chrf2),
                probability(system.pValues?.chrf2),
            ])
        }
        return table.lines + [""] + signatures
    }

    private func alone(_ system: System, _ signatures: [String], decimals: Int) -> [String] {
        let width = signatures.map(\.count).max() ?? 0
        let values = ["\(system.bleu.score.fixed(decimals)) \(system.bleu.details)", system.chrf2.fixed(decimals)]
        return zip(signatures, values).map { signature, value in
            "\(String(repeating: " ", count: width - signature.count))\(signature) = \(value)"
        }
    }
}

extension JSONText {
    fileprivate mutating func add(_ estimate: ScoreEstimate, _ pValue: Double?) {
        add("mean", estimate.mean)
        add("ci", estimate.halfWidth)
        if let pValue { add("p_value", pValue) }
    }
}
