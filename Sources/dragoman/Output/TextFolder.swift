import Coordinator
import Foundation
import Jobs
import Platform

/// A folder with the translations as one file for each recording. See ``TextFileNames``.
struct TextFolder {
    let path: String
    var format = TranscriptFormat.text
    var subtitles = SubtitleOptions()

    /// Writes the files of the jobs that were done; those of before are replaced.
    /// - Returns: how many.
    func write(_ results: [GatheredResult]) throws -> Int {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        let sources = try results.map { result in
            TextFileNames.Source(
                fileName: try result.decoded().fileName, batchIndex: result.batchIndex, jobID: result.jobID)
        }
        var count = 0
        for (result, name) in zip(results, TextFileNames(sources, suffix: format.suffix).names)
        where result.status.isSuccess {
            var file = try AtomicFile(path: "\(path)/\(name)")
            try file.write(Array(format.document(ResultLine(result.decoded()), subtitles).utf8))
            try file.commit(isDurable: false)
            count += 1
        }
        return count
    }
}
