import Checkpoint
import Compute
import Foundation
import Jobs
import Logging
import SpeechTranslation

/// A checkpoint ready to translate.
struct Engine {
    let checkpoint: Checkpoint
    let translator: Translator

    /// Loads a checkpoint.
    /// - Parameter onStep: Told the rows of each of the decoder's steps.
    init(
        path: String, threads: Int, limits: DecodingLimits = DecodingLimits(), logger: Logger,
        onStep: (@Sendable (_ rows: Int) -> Void)? = nil
    ) throws {
        checkpoint = try Checkpoint(path: path)
        translator = try Translator(checkpoint: checkpoint, threads: threads, limits: limits, onStep: onStep)
        if checkpoint.widenedByteCount > 0 {
            logger.warning(
                """
                the weights are stored in half precision: widened to float32 they take \
                \(checkpoint.widenedByteCount / 1_000_000) MB of private memory that processes can't share
                """)
        }
    }

    /// How results name it. The digest of a checkpoint in a folder takes reading all weights.
    func model() throws -> ModelInfo {
        var model = ModelInfo()
        model.name = checkpoint.name
        model.digest = checkpoint.digest()
        model.precision = checkpoint.packedPrecision.flatMap(PackingPrecision.init)?.inResults ?? "float32"
        model.instructionSet = try InstructionSet.select(environment: ProcessInfo.processInfo.environment).rawValue
        return model
    }
}
