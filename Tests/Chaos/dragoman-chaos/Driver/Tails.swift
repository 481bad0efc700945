import Foundation

/// An independent client, kcat, reading all topics into files for as long as the run lasts; and a note of when how much
/// of them was there.
final class Tails: Sendable {
    private let folder: OutputFolder
    private let topics: [String]
    private let tasks: [Task<Void, any Error>]

    /// - Throws: ``ChaosError`` when there is no kcat.
    init(topics: [String], brokers: String, folder: OutputFolder) throws {
        let kcat = try Program.path("kcat")
        let sightings = try AppendOnlyFile(path: folder.sightings)
        self.folder = folder
        self.topics = topics
        let followers = topics.map { topic in
            Task { try await Self.follow(TailFiles(folder: folder, topic: topic), brokers: brokers, kcat: kcat) }
        }
        tasks = followers + [Task { try await Self.watch(topics, folder, sightings) }]
    }

    /// A reader of each topic's files.
    func readers() -> [String: TailReader] {
        Dictionary(uniqueKeysWithValues: topics.map { ($0, TailReader(TailFiles(folder: folder, topic: $0))) })
    }

    func stop() async {
        for task in tasks { task.cancel() }
        for task in tasks { _ = await task.result }
    }

    private static func follow(_ files: TailFiles, brokers: String, kcat: String) async throws {
        var number = 0
        while !Task.isCancelled {
            let child = try ChildProcess(
                kcat,
                [
                    "-C", "-b", brokers, "-t", files.topic, "-o", "beginning", "-J", "-u", "-q", "-X",
                    "fetch.wait.max.ms=50", "-X", "allow.auto.create.topics=false", "-X",
                    "reconnect.backoff.max.ms=1000",
                ], output: files.path(number), log: "\(files.folder.logs)/kcat-\(files.topic).log")
            await withTaskCancellationHandler {
                _ = await child.end()
            } onCancel: {
                child.send(9)
            }
            number += 1
            try await Task.sleep(for: .milliseconds(500))
        }
    }

    private static func watch(_ topics: [String], _ folder: OutputFolder, _ sightings: AppendOnlyFile) async throws {
        var seen: [String: UInt64] = [:]
        while !Task.isCancelled {
            for path in topics.flatMap({ TailFiles(folder: folder, topic: $0).paths }) {
                let attributes = try? FileManager.default.attributesOfItem(atPath: path)
                let size = (attributes?[.size] as? NSNumber)?.uint64Value ?? 0
                let file = String(path.dropFirst(folder.tails.count + 1))
                guard size > seen[file, default: 0] else { continue }
                seen[file] = size
                try sightings.append(
                    JSONEncoder().encode(Sighting(time: Timestamp.now, file: file, bytes: size)))
            }
            try await Task.sleep(for: .milliseconds(25))
        }
    }
}
