import Compute
import Platform
import Tokenization

/// Works off a ``RequestQueue`` on the thread that computes: a request is encoded as soon as its beams fit among the rows
/// of a step, joins the others between two steps, and leaves when it ends. None changes another's result.
struct ContinuousBatch {
    /// A request whose utterance is being decoded.
    private struct Member {
        let request: TranslationRequest
        let encodeSeconds: Double
        let joined: ContinuousClock.Instant
    }

    private let model: TranslationModel
    private let tokenizer: MBartTokenizer
    private let compute: ComputeContext
    private let queue: RequestQueue
    /// Rows a step has at most, except where a single utterance has more.
    private let rowLimit: Int
    private var loop: DecodingLoop
    private var members: [Int: Member] = [:]
    private var nextID = 0

    init(
        _ model: TranslationModel, _ tokenizer: MBartTokenizer, _ compute: ComputeContext, queue: RequestQueue,
        rowLimit: Int
    ) {
        self.model = model
        self.tokenizer = tokenizer
        self.compute = compute
        self.queue = queue
        self.rowLimit = rowLimit
        loop = DecodingLoop(model, compute)
    }

    /// Works until nothing is left to do.
    mutating func run() {
        while true {
            admit()
            dropCancelled()
            if loop.isEmpty {
                if queue.endIfEmpty() { return }
            } else {
                for (id, outcome) in loop.step() { end(id, outcome) }
            }
        }
    }

    /// Encodes what fits, in the order of its arrival.
    private mutating func admit() {
        while let request = queue.takeFirst(where: { loop.isEmpty || loop.rowCount + $0.beams <= rowLimit }) {
            do {
                try admit(request)
            } catch {
                request.continuation.resume(throwing: error)
            }
        }
    }

    private mutating func admit(_ request: TranslationRequest) throws {
        try request.cancellation.check()
        guard model.encoder.outputLength(samples: request.samples.count) > 0 else {
            return request.continuation.resume(returning: .tooShort(request))
        }
        let start = ContinuousClock.now
        let encoded = try model.encode(request.samples, compute, checkCancellation: request.cancellation.check)
        loop.join(encoded, id: nextID, request.settings)
        let now = ContinuousClock.now
        members[nextID] = Member(request: request, encodeSeconds: (now - start).seconds, joined: now)
        nextID += 1
    }

    private mutating func dropCancelled() {
        for (id, member) in members where member.request.cancellation.isRaised {
            loop.remove(id)
            end(id, .failure(CancellationError()))
        }
    }

    private mutating func end(_ id: Int, _ outcome: Result<Hypothesis, any Error>) {
        guard let member = members.removeValue(forKey: id) else { return }
        member.request.continuation.resume(
            with: outcome.map { hypothesis in
                let timings = Translation.Timings(
                    encodeSeconds: member.encodeSeconds, generateSeconds: (.now - member.joined).seconds)
                return Translation(hypothesis, member.request, tokenizer, timings)
            })
    }
}

extension Translation {
    fileprivate static func tooShort(_ request: TranslationRequest) -> Translation {
        Translation(
            status: .tooShort, text: "", tokens: [], beamScore: nil, meanTokenLogprob: nil,
            targetLanguage: request.target?.code ?? "", timings: Timings(encodeSeconds: 0, generateSeconds: 0))
    }

    fileprivate init(
        _ hypothesis: Hypothesis, _ request: TranslationRequest, _ tokenizer: MBartTokenizer, _ timings: Timings
    ) {
        let tokens = Array(hypothesis.tokens.dropFirst())
        self.init(
            status: .ok, text: tokenizer.decode(tokens), tokens: tokens, beamScore: hypothesis.score,
            meanTokenLogprob: hypothesis.meanTokenLogprob(request.settings),
            targetLanguage: request.target?.code ?? "", timings: timings)
    }
}

extension Duration {
    fileprivate var seconds: Double {
        let (seconds, attoseconds) = components
        return Double(seconds) + Double(attoseconds) * 1e-18
    }
}
