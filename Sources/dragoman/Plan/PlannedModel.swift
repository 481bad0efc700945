import ArgumentParser
import Checkpoint
import Evaluation
import Foundation
import SpeechTranslation

/// The model that a fleet is planned for: one that lies here, or one of the published by its size.
struct PlannedModel {
    let name: String
    let precision: PackingPrecision
    let work: EncoderWork

    /// - Parameters:
    ///   - text: a path, a checkpoint's name, or 300m, 1b or 2b.
    ///   - precision: `nil` takes the file's, float32 for a folder, and mixed where nothing lies here.
    /// - Throws: `ValidationError` where nothing tells the model's size.
    init(_ text: String, precision: PackingPrecision?) throws {
        if FileManager.default.fileExists(atPath: text) {
            let checkpoint = try Checkpoint(path: text)
            name = checkpoint.name
            self.precision =
                precision ?? checkpoint.packedPrecision.flatMap(PackingPrecision.init(rawValue:)) ?? .float32
            work = EncoderWork(checkpoint.configuration.encoder)
            return
        }
        guard let size = CheckpointSize(modelName: text) ?? CheckpointSize(modelName: "xls-r-" + text) else {
            throw ValidationError("--model: expected a checkpoint, a packed file, 300m, 1b or 2b, not '\(text)'")
        }
        name = text
        self.precision = precision ?? .mixed
        work = EncoderWork(size)
    }
}
