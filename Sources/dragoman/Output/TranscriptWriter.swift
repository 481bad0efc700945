import CommandSupport
import Foundation
import Jobs
import Platform

/// Writes translations as they are done: to standard output, or as a file for each recording.
struct TranscriptWriter: Sendable {
    private let format: TranscriptFormat
    private let subtitles: SubtitleOptions
    private let folder: String?
    private let withNames: Bool
    /// Of the files by the recordings' names, the same recording's last.
    private let names: [String: String]

    /// Makes the folder.
    /// - Parameters:
    ///   - files: all recordings.
    ///   - folder: `nil` for standard output.
    init(files: [String], format: TranscriptFormat, subtitles: SubtitleOptions, folder: String?) throws {
        self.format = format
        self.subtitles = subtitles
        self.folder = folder
        withNames = files.count > 1
        let sources = files.enumerated().map { index, file in
            TextFileNames.Source(fileName: file, batchIndex: UInt32(clamping: index), jobID: String(index + 1))
        }
        let names = TextFileNames(sources, suffix: format.suffix).names
        self.names = Dictionary(zip(files, names)) { $1 }
        if let folder { try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true) }
    }

    /// Writes a recording's translation; what went wrong with it, and that nobody speaks in it, to standard error.
    func write(_ line: ResultLine) throws {
        if let failure = line.failure {
            StandardError.writeLine("dragoman: \(line.file): \(failure.reason): \(failure.message)")
        }
        if line.status == .noSpeech { StandardError.writeLine("dragoman: \(line.file): nobody speaks in it") }
        if let folder, let name = names[line.file] {
            guard line.status.isSuccess else { return }
            var file = try AtomicFile(path: "\(folder)/\(name)")
            try file.write(Array(format.document(line, subtitles).utf8))
            try file.commit(isDurable: false)
        } else if format == .jsonl {
            StandardOutput.writeLine(line.json)
        } else if line.status.isSuccess {
            if format == .text {
                StandardOutput.writeLine(withNames ? "\(line.file)\t\(line.text)" : line.text)
            } else {
                try SystemCalls.write(Array(format.document(line, subtitles).utf8), to: StandardOutput.descriptor)
            }
        }
    }
}
