import Foundation
import Platform
import TestSupport
import Testing

@testable import AudioStore

@Suite(.timeLimit(.minutes(5))) struct AudioCacheTests {
    private let folder: TemporaryDirectory

    init() throws { folder = try TemporaryDirectory() }

    private func fetch(_ uri: String, _ files: AudioFiles, tag: String? = "v1") throws -> [UInt8] {
        let audio = try files.contents(of: uri, cancellation: CancellationFlag()) { file, known in
            if let tag, known == tag { return nil }
            let bytes = Array(uri.utf8)
            try bytes.withUnsafeBytes { try file.write($0, at: 0) }
            return Download.Contents(size: Int64(bytes.count), eTag: tag)
        }
        return try withExtendedLifetime(audio) { try [UInt8](Data(contentsOf: URL(filePath: audio.path))) }
    }

    /// Workers that start remove what dead ones have left, while others fetch: nothing of theirs may go with it. The folder
    /// stays small, so that somebody looks at it at every moment.
    @Test func openingRemovesNothingThatIsWritten() async throws {
        let path = folder.file("cache")
        try await withThrowingTaskGroup(of: Void.self) { group in
            for fetcher in 0..<2 {
                let files = AudioFiles.cache(try AudioCache(folder: path, limit: 100))
                let uri = "s3://bucket/\(fetcher)"
                group.addTask {
                    for number in 0..<2_000 {
                        // The object changes all the time, so that each is put in its place.
                        let bytes = try fetch(uri, files, tag: "v\(number)")
                        #expect(bytes == Array(uri.utf8))
                        await Task.yield()
                    }
                }
            }
            for _ in 0..<2 {
                group.addTask {
                    while !Task.isCancelled {
                        _ = try AudioCache(folder: path, limit: 100)
                        await Task.yield()
                    }
                }
            }
            for _ in 0..<2 { try await group.next() }
            group.cancelAll()
        }
    }

    /// What is least recently used goes; the rest is there without being fetched again.
    @Test func sizeIsBounded() throws {
        let files = AudioFiles.cache(try AudioCache(folder: folder.file("cache"), limit: 10_000))
        let names = (0..<200).map { "s3://bucket/" + String(repeating: "x", count: 200) + "\($0)" }
        for name in names { _ = try fetch(name, files) }
        let contents = try FileManager.default.contentsOfDirectory(atPath: folder.file("cache"))
            .filter { $0.count == 81 }
        let bytes = try contents.map { try Data(contentsOf: URL(filePath: folder.file("cache/\($0)"))).count }
        #expect((9_000...10_000).contains(bytes.reduce(0, +)))
        for name in names.suffix(40) {
            _ = try files.contents(of: name, cancellation: CancellationFlag()) { _, known in
                #expect(known == "v1")
                return nil
            }
        }
    }

    /// Nothing stays of what was there long ago but contents and what belongs to them.
    @Test func whatHasGoneLeavesNothing() throws {
        let path = folder.file("cache")
        let files = AudioFiles.cache(try AudioCache(folder: path, limit: 1_000))
        for number in 0..<3 { _ = try fetch("s3://bucket/\(number)", files) }
        let manager = FileManager.default
        let ids = try manager.contentsOfDirectory(atPath: path).filter { $0.count == 81 }.sorted()
        try manager.removeItem(atPath: "\(path)/\(ids[0])")
        for name in try manager.contentsOfDirectory(atPath: path) where name != ids[1].prefix(64) + ".lock" {
            try manager.setAttributes([.modificationDate: Date.now - 90_000], ofItemAtPath: "\(path)/\(name)")
        }
        _ = try AudioCache(folder: path, limit: 1_000)
        let left = Set(try manager.contentsOfDirectory(atPath: path))
        #expect(
            left == [
                ".use", ids[1], ids[2], "\(ids[1].prefix(64)).tag", "\(ids[2].prefix(64)).tag",
                "\(ids[1].prefix(64)).lock",
            ])
    }

    /// The fault is this machine's and not the recording's: such a job is to be tried again.
    @Test(arguments: [true, false]) func folderThatIsGone(isCache: Bool) throws {
        let path = folder.file("gone")
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
        let files = isCache ? AudioFiles.cache(try AudioCache(folder: path, limit: 100)) : .temporary(folder: path)
        try FileManager.default.removeItem(atPath: path)
        let error = #expect(throws: AudioStoreError.self) { try fetch("s3://bucket/a", files) }
        #expect(error?.isRetriable == true && error?.message.contains("gone") == true, "\(String(describing: error))")
    }
}
