import ArgumentParser
import Checkpoint
import Platform
import SpeechTranslation

/// Packs a checkpoint with some matrices in another storage than the precision has for them.
struct PackCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pack", abstract: "Pack a checkpoint in a mixture of storages that `dragoman convert` has not.")

    @Argument(help: "Folder of the checkpoint.") var model: String
    @Argument(help: "File to write.") var output: String
    @Option(help: "Precision of what no rule names.") var precision = PackingPrecision.float32
    @Option(
        help: ArgumentHelp(
            "Storage of matrices by a part of their name; the last rule that fits counts. An empty part fits all.",
            valueName: "part=storage"))
    var rule: [StorageRule] = []

    func run() throws {
        let rules = rule
        let converter = ModelConverter(try Checkpoint(path: model), precision: precision) { tensor in
            rules.last { $0.fits(tensor) }?.storage
        }
        print(try converter.write(to: output, producer: "dragoman-benchmark"))
    }
}

/// `attention=panels-bf16`
struct StorageRule: ExpressibleByArgument {
    let part: String
    let storage: TensorStorage

    init?(argument: String) {
        guard let mark = argument.lastIndex(of: "="),
            let storage = TensorStorage(rawValue: String(argument[argument.index(after: mark)...]))
        else { return nil }
        part = String(argument[..<mark])
        self.storage = storage
    }

    func fits(_ tensor: String) -> Bool { part.isEmpty || tensor.contains(part) }
}

extension PackingPrecision: ExpressibleByArgument {}
