import Jobs
import Segmentation
import SpeechTranslation
import Worker

/// Translates files of this machine, several at a time: what is decoded together reads the weights once.
struct FileTranslation: Sendable {
    /// Files in hand at a time, those included whose predecessors' lines are not out yet.
    private static let window = 8

    let translator: Translator
    let options: DecodingOptions
    let segmentation: JobSegmentation
    /// As ``RecordingTranslator`` takes it.
    let guards: Bool?

    init(
        translator: Translator, options: DecodingOptions, segmentation: JobSegmentation = JobSegmentation(),
        guards: Bool? = nil
    ) {
        self.translator = translator
        self.options = options
        self.segmentation = segmentation
        self.guards = guards
    }

    /// Translates files and hands over a line for each, in their order.
    /// - Throws: `CancellationError`, or what `handOver` throws.
    func translate(_ files: [String], handOver: (ResultLine) throws -> Void) async throws {
        try await withThrowingTaskGroup(of: (Int, ResultLine).self) { group in
            var (begun, handedOver) = (0, 0)
            var early: [Int: ResultLine] = [:]
            while handedOver < files.count {
                while begun < files.count, begun < handedOver + Self.window {
                    group.addTask { [begun] in (begun, try await translate(files[begun])) }
                    begun += 1
                }
                guard let (index, line) = try await group.next() else { return }
                early[index] = line
                while let line = early.removeValue(forKey: handedOver) {
                    try handOver(line)
                    handedOver += 1
                }
            }
        }
    }

    /// Translates a file; what is wrong with it stands in the line.
    /// - Throws: `CancellationError` alone.
    private func translate(_ file: String) async throws -> ResultLine {
        do {
            let segmentation = SegmentationOptions(segmentation)
            let recordings = RecordingTranslator(
                options: options, segmentation: segmentation, guards: guards, inFlight: Self.window
            ) { [translator] samples, options in try await translator.translate(samples, options: options) }
            let reading = TimedReading(try await BlockingWork.run { try SegmentSource(path: file, segmentation) })
            guard let recording = try await recordings.translate({ try await reading.next() }) else {
                // There is no audio at all.
                return ResultLine(file: file, status: .tooShort, audioSeconds: 0)
            }
            return ResultLine(recording, file: file, audioSeconds: reading.audioSeconds, decodeSeconds: reading.seconds)
        } catch let error as CancellationError {
            throw error
        } catch {
            let failure = JobFailure(error)
            return ResultLine(
                file: file, status: .failed,
                failure: ResultLine.Failure(reason: failure.reason.schemaName, message: failure.message))
        }
    }
}
