import ArgumentParser
import Checkpoint
import CommandSupport

struct ModelInfoCommand: AsyncParsableCommand {
    /// What there is to say, for people and programs.
    private struct Info: Encodable {
        let name: String
        let precision: String
        let storage: [String]
        let parameters: Int
        let bytes: Int
        let encoderLayers: Int
        let encoderWidth: Int
        let decoderLayers: Int
        let decoderWidth: Int
        let vocabulary: Int
        let shortlist: Int?
        let digest: String?
        let sourceDigest: String?

        enum CodingKeys: String, CodingKey {
            case name, precision, storage, parameters, bytes, vocabulary, shortlist, digest
            case encoderLayers = "encoder_layers"
            case encoderWidth = "encoder_width"
            case decoderLayers = "decoder_layers"
            case decoderWidth = "decoder_width"
            case sourceDigest = "source_digest"
        }

        init(_ checkpoint: Checkpoint) {
            let (encoder, decoder) = (checkpoint.configuration.encoder, checkpoint.configuration.decoder)
            name = checkpoint.name
            precision = checkpoint.packedPrecision ?? "f32"
            storage = checkpoint.storedPrecisions
            parameters = checkpoint.parameterCount
            bytes = checkpoint.mappedByteCount
            (encoderLayers, encoderWidth) = (encoder.layers, encoder.hiddenSize)
            (decoderLayers, decoderWidth) = (decoder.layers, decoder.dModel)
            vocabulary = decoder.vocabularySize
            shortlist = checkpoint.vocabularyShortlist?.count
            // A folder's digest would take reading all of it.
            digest = checkpoint.packedPrecision == nil ? nil : checkpoint.digest()
            sourceDigest = checkpoint.sourceDigest
        }

        var lines: [String] {
            let rows: [(String, String?)] = [
                ("name", name), ("precision", "\(precision) (stored as \(storage.joined(separator: ", ")))"),
                ("parameters", ReadableNumber.count(parameters)), ("bytes", ReadableNumber.count(bytes)),
                ("encoder", "\(encoderLayers) layers of \(encoderWidth)"),
                ("decoder", "\(decoderLayers) layers of \(decoderWidth), \(ReadableNumber.count(vocabulary)) tokens"),
                (
                    "vocabulary",
                    shortlist.map { "\(ReadableNumber.count($0)) of \(ReadableNumber.count(vocabulary)) tokens" }
                ),
                ("digest", digest), ("made from", sourceDigest),
            ]
            return rows.compactMap { name, value in
                value.map { name + String(repeating: " ", count: 12 - name.count) + $0 }
            }
        }
    }

    static let configuration = CommandConfiguration(
        commandName: "info", abstract: "Say what a model is: a checkpoint's folder or a packed file.")

    @Argument(help: ArgumentHelp("A checkpoint's folder or a packed file.", valueName: "model"))
    var model: String

    @Flag(help: "One JSON object.")
    var json = false

    func run() async throws {
        let info = Info(try Checkpoint(path: model))
        if json {
            StandardOutput.writeLine(try JSONLine.string(info))
        } else {
            for line in info.lines { StandardOutput.writeLine(line) }
        }
    }
}
