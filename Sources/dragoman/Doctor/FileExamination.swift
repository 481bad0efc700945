import AudioStore
import Checkpoint
import CommandSupport
import Foundation
import Logging
import SpeechTranslation

/// Looks at the checkpoint and the folders with recordings.
struct FileExamination {
    /// The checkpoint's folder.
    let model: String?
    let audioRoots: [String]

    var modelFinding: DoctorFinding {
        guard let model else {
            return DoctorFinding(
                "model", .notChecked, "not checked", advice: "give the checkpoint's folder with --model")
        }
        let engine: Engine
        do {
            engine = try Engine(path: model, threads: 1, logger: .silent)
        } catch {
            return DoctorFinding(
                "model", .failed, "\(error)",
                advice:
                    "point --model at the folder of an XLS-R speech-translation checkpoint, complete as it is published"
            )
        }
        let checkpoint = engine.checkpoint
        let detail = [
            "\(checkpoint.name): \(checkpoint.parameterCount.rounded(to: 1_000_000)) million parameters",
            "stored as \(checkpoint.storedPrecisions.joined(separator: ", "))",
            "maps \(checkpoint.mappedByteCount.rounded(to: 1_000_000)) MB",
            "into \(engine.translator.targetLanguages.joined(separator: " "))",
        ].joined(separator: ", ")
        guard checkpoint.widenedByteCount > 0 else { return DoctorFinding("model", .ok, detail) }
        return DoctorFinding(
            "model", .warning, detail,
            advice:
                "each process takes \(checkpoint.widenedByteCount.rounded(to: 1_000_000)) MB of its own to widen the "
                + "weights to float32; store them as F32 and processes share them")
    }

    var audioRootFindings: [DoctorFinding] {
        guard !audioRoots.isEmpty else {
            return [
                DoctorFinding(
                    "audio root", .notChecked, "not checked", advice: "give the recordings' folders with --audio-root")
            ]
        }
        return audioRoots.map { root in
            do {
                let resolved = try FileAudioStore(roots: [root]).roots.joined()
                let count = try FileManager.default.contentsOfDirectory(atPath: resolved).count
                return DoctorFinding("audio root", .ok, "\(resolved): can be read, \(count) entries")
            } catch {
                return DoctorFinding(
                    "audio root", .failed,
                    "\((error as? AudioStoreError)?.message ?? "\(root): \(error.localizedDescription)")",
                    advice: "mount it here, and let this user read it")
            }
        }
    }
}

extension Logger {
    /// One that says nothing.
    static let silent = Logger(label: "dragoman") { _ in SwiftLogNoOpLogHandler() }
}

extension Int {
    /// How many of `unit`, to the nearest.
    fileprivate func rounded(to unit: Int) -> Int { (self + unit / 2) / unit }
}
