import Compute

/// Decodes utterances together: the live beams of all of them are the rows of one step, so that the weights are read
/// once for all. Utterances join and leave between steps, and none changes another's result.
struct DecodingLoop {
    /// An utterance in progress.
    private struct Utterance {
        let id: Int
        let memory: UtteranceMemory
        var search: any TokenSearch
        var position = 0
        var rows: Int { search.lastTokens.count }
    }

    private let model: TranslationModel
    private let compute: ComputeContext
    private var live: [Utterance] = []

    init(_ model: TranslationModel, _ compute: ComputeContext) {
        self.model = model
        self.compute = compute
    }

    /// Whether there is nothing to decode.
    var isEmpty: Bool { live.isEmpty }

    /// Rows of the next step.
    var rowCount: Int { live.reduce(0) { $0 + $1.rows } }

    /// Lets an encoded utterance join.
    /// - Parameter id: The caller's name for it, given back with the result.
    mutating func join(_ encoded: borrowing Matrix, id: Int, _ settings: SearchSettings) {
        live.append(
            Utterance(
                id: id, memory: model.decoder.memory(for: encoded, beams: settings.beams, compute),
                search: settings.beams == 1 ? GreedySearch(settings) : BeamSearch(settings)))
    }

    /// Gives an utterance up.
    mutating func remove(_ id: Int) {
        live.removeAll { $0.id == id }
    }

    /// Generates one token for every row.
    /// - Returns: What became of the utterances that ended; a ``SpeechTranslationError`` where logits are not numbers.
    mutating func step() -> [(id: Int, outcome: Result<Hypothesis, any Error>)] {
        let rows = readTokens()
        let longest = rows.reduce(1) { max($0, $1.position + 1, $1.memory.frames.count) }
        let work = DecoderWorkspace(
            rows: rows.count, width: model.decoder.width, innerWidth: model.decoder.innerWidth, positions: longest)
        model.decoder.step(rows, work, compute)
        return advance(scores(work))
    }

    private func readTokens() -> [DecoderRow] {
        live.flatMap { utterance in
            utterance.memory.tokens.begin(position: utterance.position)
            return utterance.search.lastTokens.enumerated().map { slot, token in
                DecoderRow(token: token, position: utterance.position, slot: slot, memory: utterance.memory)
            }
        }
    }

    /// For each utterance the scores of its rows, or `nil` where its next token is fixed anyway.
    private func scores(_ work: borrowing DecoderWorkspace) -> [[TokenScores]?] {
        let width = model.decoder.width
        let demanding = Matrix(rows: rowCount, columns: width)
        var demands: [TokenDemand] = []
        var firstRow = 0
        var ranges: [Range<Int>?] = []
        for utterance in live {
            if case .scores(let wanted) = utterance.search.demand {
                demanding.row(demands.count).update(from: work.hidden.row(firstRow), count: wanted.count * width)
                ranges.append(demands.count..<demands.count + wanted.count)
                demands += wanted
            } else {
                ranges.append(nil)
            }
            firstRow += utterance.rows
        }
        guard !demands.isEmpty else { return ranges.map { _ in nil } }
        let scores = model.projection.best(demanding.pointer, demands, compute)
        return ranges.map { range in range.map { Array(scores[$0]) } }
    }

    private mutating func advance(_ scores: [[TokenScores]?]) -> [(id: Int, outcome: Result<Hypothesis, any Error>)] {
        var ended: [(id: Int, outcome: Result<Hypothesis, any Error>)] = []
        var remaining: [Utterance] = []
        for (var utterance, scores) in zip(live, scores) {
            if scores?.allSatisfy(\.isFinite) == false {
                let error = SpeechTranslationError(
                    .notFinite, "the decoder's logits are not finite numbers: the checkpoint's weights are damaged")
                ended.append((utterance.id, .failure(error)))
            } else if let parents = utterance.search.advance(scores) {
                utterance.memory.tokens.reorder(parents: parents)
                utterance.position += 1
                remaining.append(utterance)
            } else {
                ended.append((utterance.id, .success(utterance.search.result)))
            }
        }
        live = remaining
        return ended
    }
}
