import Compute
import Platform
import Tokenization

/// Works off a ``RequestQueue`` on the thread that computes: a request is encoded as soon as it fits beside the others
/// within ``DecodingLimits``, joins the others between two steps, and leaves when it ends. None changes another's result.
struct ContinuousBatch {
    /// A request whose utterance is being decoded.
    private struct Member {
        let request: TranslationRequest
        let encodeSeconds: Double
        let joined: ContinuousClock.Instant
    }

    // Ten seconds: their frames keep the multipliers busy, and more would only keep the others waiting.
    private static let samplesTogether = 160_000

    private let model: TranslationModel
    private let tokenizer: MBartTokenizer
    private let compute: ComputeContext
    private let queue: RequestQueue
    private let limits: DecodingLimits
    private let progress: ProgressCounter
    private let onStep: (@Sendable (_ rows: Int) -> Void)?
    private var loop: DecodingLoop
    private var members: [Int: Member] = [:]
    private var nextID = 0

    init(
        _ model: TranslationModel, _ tokenizer: MBartTokenizer, _ compute: ComputeContext, queue: RequestQueue,
        limits: DecodingLimits, progress: ProgressCounter, onStep: (@Sendable (_ rows: Int) -> Void)? = nil
    ) {
        self.model = model
        self.tokenizer = tokenizer
        self.compute = compute
        self.queue = queue
        self.limits = limits
        self.progress = progress
        self.onStep = onStep
        loop = DecodingLoop(model, compute)
    }

    /// Works until nothing is left to do.
    mutating func run() {
        while true {
            dropCancelled()
            admit()
            if loop.isEmpty {
                if queue.endIfEmpty() { return }
            } else {
                for (id, outcome) in loop.step() { end(id, outcome) }
                onStep?(loop.stepRows)
                progress.advance()
            }
        }
    }

    /// Encodes what fits next, in the order of its arrival: short utterances together, where the model can.
    private mutating func admit() {
        var requests: [TranslationRequest] = []
        var (rows, memory, samples) = (loop.rowCount, loop.memoryByteCount, 0)
        while requests.isEmpty || model.encoder.takesSeveral,
            let request = queue.takeFirst(where: { request in
                guard rows > 0 else { return true }
                return rows + request.settings.beams <= limits.rows
                    && memory + memoryByteCount(request) <= limits.memory
                    && (samples == 0 || samples + request.samples.count <= Self.samplesTogether)
            })
        {
            rows += request.settings.beams
            memory += memoryByteCount(request)
            samples += request.samples.count
            requests.append(request)
        }
        admit(requests)
    }

    private func memoryByteCount(_ request: TranslationRequest) -> Int {
        model.decoder.memoryByteCount(
            frames: model.encoder.outputLength(samples: request.samples.count), request.settings)
    }

    private mutating func admit(_ requests: [TranslationRequest]) {
        let encodable = requests.filter { request in
            if request.cancellation.isRaised {
                request.continuation.resume(throwing: CancellationError())
            } else if model.encoder.outputLength(samples: request.samples.count) == 0 {
                request.continuation.resume(returning: .tooShort(request))
            } else {
                return true
            }
            return false
        }
        guard !encodable.isEmpty else { return }
        let start = ContinuousClock.now
        do {
            let encoded = try model.encode(encodable.map(\.samples), compute) { [progress] in
                progress.advance()
                if encodable.allSatisfy(\.cancellation.isRaised) { throw CancellationError() }
            }
            let encodeSeconds = (ContinuousClock.now - start).seconds
            for (request, frames) in zip(encodable, encoded) {
                loop.join(frames.matrix, id: nextID, request.settings)
                members[nextID] = Member(request: request, encodeSeconds: encodeSeconds, joined: .now)
                nextID += 1
            }
        } catch {
            for request in encodable { request.continuation.resume(throwing: error) }
        }
    }

    private mutating func dropCancelled() {
        for (id, member) in members where member.request.cancellation.isRaised {
            loop.remove(id)
            end(id, .failure(CancellationError()))
        }
    }

    private mutating func end(_ id: Int, _ outcome: Result<SearchResult, any Error>) {
        guard let member = members.removeValue(forKey: id) else { return }
        member.request.continuation.resume(
            with: outcome.map { result in
                let timings = Translation.Timings(
                    encodeSeconds: member.encodeSeconds, generateSeconds: (.now - member.joined).seconds)
                return Translation(result, member.request, tokenizer, timings)
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
        _ result: SearchResult, _ request: TranslationRequest, _ tokenizer: MBartTokenizer, _ timings: Timings
    ) {
        let tokens = Array(result.best.tokens.dropFirst())
        self.init(
            status: .ok, text: tokenizer.decode(tokens), tokens: tokens, beamScore: result.best.score,
            meanTokenLogprob: result.best.meanTokenLogprob(request.settings),
            targetLanguage: request.target?.code ?? "", timings: timings,
            alternatives: result.others.map { other in
                let tokens = Array(other.tokens.dropFirst())
                return Alternative(
                    text: tokenizer.decode(tokens), tokens: tokens, beamScore: other.score,
                    meanTokenLogprob: other.meanTokenLogprob(request.settings))
            })
    }
}

extension Duration {
    fileprivate var seconds: Double {
        let (seconds, attoseconds) = components
        return Double(seconds) + Double(attoseconds) * 1e-18
    }
}
