import SpeechTranslation

/// Carries out the commands, and keeps what was encoded.
struct Bench {
    let translator: Translator
    private var encoded: [String: Translator.EncodedUtterance] = [:]

    init(translator: Translator) { self.translator = translator }

    mutating func answer(_ command: Command, samples: [Float]) async throws -> Answer {
        var answer = Answer()
        let beams = command.beams ?? 5
        switch command.op {
        case .encode:
            let utterance = try await timed(&answer) { try await translator.encode(samples) }
            answer.frames = utterance.frameCount
            encoded[command.clip] = utterance
        case .decodeSteps:
            let utterance = try await utterance(command.clip, samples)
            let tokens = try await timed(&answer) {
                try await translator.generate(utterance, beams: beams, tokens: command.steps ?? 32)
            }
            answer.tokens = tokens
            answer.steps = tokens.count
        case .utterance:
            let job = Translator.MeasuredJob(.samples(samples), tokens: command.steps ?? 32)
            let decoding = try await timed(&answer) { try await translator.generate([job], beams: beams, atATime: 1) }
            answer.steps = decoding.tokens[0].count
        case .batch:
            let input: Translator.MeasuredJob.Input =
                command.whole == true ? .samples(samples) : .encoded(try await utterance(command.clip, samples))
            try await run(command, input, &answer)
        }
        return answer
    }

    private func run(
        _ command: Command, _ input: Translator.MeasuredJob.Input, _ answer: inout Answer
    ) async throws {
        let jobs = (command.jobs ?? [32]).map { Translator.MeasuredJob(input, tokens: $0) }
        let decoding = try await timed(&answer) {
            try await translator.generate(jobs, beams: command.beams ?? 5, atATime: command.atATime ?? 1)
        }
        answer.steps = decoding.rowsPerStep.count
        answer.rows = Dictionary(decoding.rowsPerStep.map { ($0, 1) }, uniquingKeysWith: +)
    }

    private mutating func utterance(_ clip: String, _ samples: [Float]) async throws -> Translator.EncodedUtterance {
        if let known = encoded[clip] { return known }
        let utterance = try await translator.encode(samples)
        encoded[clip] = utterance
        return utterance
    }

    private func timed<Result>(_ answer: inout Answer, _ work: () async throws -> Result) async throws -> Result {
        let clock = ContinuousClock()
        let start = clock.now
        let result = try await work()
        answer.seconds = (clock.now - start) / .seconds(1)
        return result
    }
}
