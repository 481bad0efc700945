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
                ready: true, loadSeconds: (clock.now - start) / .seconds(1), threads: threads,
                precision: translator.checkpoint.packedPrecision ?? "f32",
                stepBytes: translator.decoderStepByteCount(),
                versions: [
                    "BLAS": ComputeContext.blasDescription,
                    "kernels": try InstructionSet.select(environment: ProcessInfo.processInfo.environment).rawValue,
                ]))
        var bench = Bench(translator: translator)
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        while let line = readLine() {
            do {
                let command = try decoder.decode(Command.self, from: Data(line.utf8))
                try write(try await bench.answer(command, samples: samples(command.clip)))
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
}
