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
    init(directory: String, threads: Int, logger: Logger) throws {
        checkpoint = try Checkpoint(directory: directory)
        translator = try Translator(checkpoint: checkpoint, threads: threads)
        if checkpoint.widenedByteCount > 0 {
            logger.warning(
                """
                the weights are stored in half precision: widened to float32 they take \
                \(checkpoint.widenedByteCount / 1_000_000) MB of private memory that processes can't share
                """)
        }
    }

    /// How results name it. Reads all weights for the digest.
    func model() throws -> ModelInfo {
        var model = ModelInfo()
        model.name = checkpoint.name
        model.digest = checkpoint.digest()
        model.precision = "float32"
        model.instructionSet = try InstructionSet.select(environment: ProcessInfo.processInfo.environment).rawValue
        return model
    }
}
