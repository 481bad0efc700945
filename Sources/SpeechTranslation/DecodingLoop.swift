import Compute

/// Decodes utterances together: the live beams of all of them are the rows of one step, so that the weights are read
/// once for all. Utterances join and leave between steps, and none changes another's result.
///
/// The first step of an utterance reads its whole prompt, in one row for each token, for all beams; the others read one
/// token for each beam. A step allocates nothing, but that caches grow, threads are handed work, hypotheses
/// end and repeated n-grams are looked for.
struct DecodingLoop {
    /// What became of an utterance.
    typealias Ended = (id: Int, outcome: Result<SearchResult, any Error>)

    /// An utterance in progress.
    private struct Utterance {
        let id: Int
        let beams: Int
        let memoryByteCount: Int
        let memory: UtteranceMemory
        var search: any TokenSearch
        var position = 0
        /// The rows whose next tokens were ranked last.
        var ranked = 0..<0
        var isAtPrompt: Bool { position == 0 }
    }

    private let model: TranslationModel
    private let compute: ComputeContext
    private let ranking: VocabularyRanking
    private var work: DecoderWorkspace
    private var live: [Utterance] = []
    private var rows: [DecoderRow] = []

    /// Rows that the last step read.
    private(set) var stepRows = 0

    init(_ model: TranslationModel, _ compute: ComputeContext) {
        self.model = model
        self.compute = compute
        ranking = model.projection.makeRanking()
        work = model.decoder.makeWorkspace(rows: 0, positions: 0)
    }

    /// Whether there is nothing to decode.
    var isEmpty: Bool { live.isEmpty }

    /// Rows of a step of all utterances that are being decoded.
    var rowCount: Int { live.reduce(0) { $0 + $1.beams } }

    /// What the attention of all of them may come to need.
    var memoryByteCount: Int { live.reduce(0) { $0 + $1.memoryByteCount } }

    /// Lets an encoded utterance join.
    /// - Parameter id: The caller's name for it, given back with the result.
    mutating func join(_ encoded: borrowing Matrix, id: Int, _ settings: SearchSettings) {
        live.append(
            Utterance(
                id: id, beams: settings.beams,
                memoryByteCount: model.decoder.memoryByteCount(frames: encoded.rows, settings),
                memory: model.decoder.memory(for: encoded, beams: settings.beams, compute),
                search: settings.beams == 1 ? GreedySearch(settings) : BeamSearch(settings)))
    }

    /// Gives an utterance up.
    mutating func remove(_ id: Int) {
        live.removeAll { $0.id == id }
    }

    /// Generates one token for every beam.
    /// - Returns: What became of the utterances that ended; a ``SpeechTranslationError`` where logits are not numbers.
    mutating func step() -> [Ended] {
        readTokens()
        if !rows.isEmpty {
            makeRoom()
            model.decoder.step(rows, work, compute)
            rankTokens()
        }
        stepRows = rows.count
        // They hold on to the memory of utterances that end.
        rows.removeAll(keepingCapacity: true)
        return advance()
    }

    /// The rows that the step reads, those of an utterance together.
    private mutating func readTokens() {
        for utterance in live where !utterance.search.isOver {
            let memory = utterance.memory
            if utterance.isAtPrompt {
                for (position, token) in utterance.search.prompt.enumerated() {
                    memory.tokens.beginShared()
                    rows.append(DecoderRow(token: token, position: position, slot: 0, memory: memory))
                }
            } else {
                memory.tokens.begin()
                for slot in 0..<utterance.beams {
                    let token = utterance.search.lastToken(row: slot)
                    rows.append(DecoderRow(token: token, position: utterance.position, slot: slot, memory: memory))
                }
            }
        }
    }

    private mutating func makeRoom() {
        var positions = 1
        for row in rows { positions = max(positions, row.position + 1, row.memory.frames.count) }
        guard !work.suits(rows: rows.count, positions: positions) else { return }
        // Some more than needed, so that this is seldom.
        work = model.decoder.makeWorkspace(rows: (rows.count + 7) / 8 * 8, positions: (positions + 63) / 64 * 64)
    }

    /// Ranks what may follow the last row of a prompt, and every row of an utterance beyond it.
    private mutating func rankTokens() {
        let width = model.decoder.width
        ranking.removeAll()
        var row = 0
        for index in live.indices where !live[index].search.isOver {
            let first = ranking.rows
            let isAtPrompt = live[index].isAtPrompt
            if isAtPrompt { row += live[index].search.prompt.count - 1 }
            for slot in 0..<(isAtPrompt ? 1 : live[index].beams) {
                work.asking.row(ranking.rows).update(from: work.hidden.row(row), count: width)
                ranking.add(
                    count: live[index].search.candidateCount, banned: live[index].search.bannedTokens(row: slot))
                row += 1
            }
            live[index].ranked = first..<ranking.rows
        }
        model.projection.rank(work.asking.pointer, ranking, compute)
    }

    private mutating func advance() -> [Ended] {
        var ended: [Ended] = []
        for index in live.indices {
            if !live[index].search.isOver {
                guard let best = ranking.best(live[index].ranked) else {
                    let error = SpeechTranslationError(
                        .notFinite, "the decoder's logits are not finite numbers: the checkpoint's weights are damaged")
                    ended.append((live[index].id, .failure(error)))
                    continue
                }
                live[index].position += live[index].isAtPrompt ? live[index].search.prompt.count : 1
                live[index].search.advance(best.span)
            }
            if live[index].search.isOver {
                ended.append((live[index].id, .success(live[index].search.result)))
            } else {
                live[index].memory.tokens.reorder(parents: live[index].search.parents)
            }
        }
        if !ended.isEmpty { live.removeAll { utterance in ended.contains { $0.id == utterance.id } } }
        return ended
    }
}
