import ArgumentParser
import Checkpoint
import Compute
import Foundation
import SpeechTranslation

/// Dragoman's side of the benchmark: loads a checkpoint and measures what it is told to, a JSON object a line.
struct BenchmarkProcess: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "serve")

    @Option(help: "Directory of the checkpoint.") var model: String
    @Option(help: "Threads that compute.") var threads = 2

    func run() async throws {
        let clock = ContinuousClock()
        let start = clock.now
        let translator = try Translator(checkpoint: Checkpoint(path: model), threads: threads)
        try write(
            Answer(
                ready: true, loadSeconds: seconds(clock.now - start), threads: threads,
                versions: [
                    "BLAS": ComputeContext.blasDescription,
                    "kernels": try InstructionSet.select(environment: ProcessInfo.processInfo.environment).rawValue,
                ]))
        var encoded: [String: Translator.EncodedUtterance] = [:]
        while let line = readLine() {
            do {
                let command = try JSONDecoder().decode(Command.self, from: Data(line.utf8))
                let samples = try samples(command.clip)
                var answer = Answer()
                switch command.op {
                case .encode:
                    let start = clock.now
                    let utterance = try await translator.encode(samples)
                    answer.seconds = seconds(clock.now - start)
                    answer.frames = utterance.frameCount
                    encoded[command.clip] = utterance
                case .decodeSteps:
                    let utterance: Translator.EncodedUtterance
                    if let known = encoded[command.clip] {
                        utterance = known
                    } else {
                        utterance = try await translator.encode(samples)
                    }
                    encoded[command.clip] = utterance
                    let start = clock.now
                    let tokens = try await translator.generate(
                        utterance, beams: command.beams ?? 5, tokens: command.steps ?? 32)
                    answer.seconds = seconds(clock.now - start)
                    answer.tokens = tokens
                    answer.steps = tokens.count
                }
                try write(answer)
            } catch {
                try write(Answer(error: "\(error)"))
            }
        }
    }

    private func samples(_ path: String) throws -> [Float] {
        let data = try Data(contentsOf: URL(filePath: path))
        return data.withUnsafeBytes { bytes in
            (0..<bytes.count / 4).map { bytes.loadUnaligned(fromByteOffset: 4 * $0, as: Float.self) }
        }
    }

    private func write(_ answer: Answer) throws {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        FileHandle.standardOutput.write(try encoder.encode(answer) + Data("\n".utf8))
    }

    private func seconds(_ duration: Duration) -> Double {
        Double(duration.components.seconds) + Double(duration.components.attoseconds) * 1e-18
    }
}
