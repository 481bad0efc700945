import Foundation

/// Where a run keeps what happened: everything the verifier needs, and nothing else decides.
struct OutputFolder: Sendable {
    /// Absolute path, without a trailing slash.
    let path: String

    /// ``JournalEntry`` a line.
    var journal: String { path + "/journal.jsonl" }
    /// ``Submission`` a line.
    var submissions: String { path + "/submissions.jsonl" }
    /// ``Sighting`` a line.
    var sightings: String { path + "/sightings.jsonl" }
    /// ``PartitionEnd`` a line.
    var offsets: String { path + "/offsets.jsonl" }
    /// Resident memory and descriptors of all workers, once a second.
    var resources: String { path + "/resources.csv" }
    /// ``RunSettings``.
    var settings: String { path + "/run.json" }
    /// The verdict, as printed with `--json`.
    var report: String { path + "/report.json" }
    /// What the storage is like: ``StorageWeather``.
    var weather: String { path + "/storage" }
    /// While it is there, poisonous jobs are harmless.
    var fix: String { path + "/fixed" }
    /// Recordings that are being read.
    var audio: String { path + "/audio" }
    /// One file for each job, as long as attempts were made at it.
    var attempts: String { path + "/attempts" }
    /// What the independent client read.
    var tails: String { path + "/topics" }
    /// What the processes said.
    var logs: String { path + "/logs" }

    /// Makes the folder and those inside it.
    func create() throws {
        for folder in [audio, attempts, tails, logs] {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        }
    }
}
