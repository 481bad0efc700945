import AudioStore
import Foundation
import Platform
import TestSupport
import Testing

#if canImport(Glibc)
import Glibc
#endif

@Suite struct FileAudioStoreTests {
    private let directory: TemporaryDirectory
    private let root: String
    private let files = FileManager.default

    init() throws {
        directory = try TemporaryDirectory()
        // The temporary folder itself may be reached through a link.
        root = try SystemCalls.realPath(directory.path) + "/data"
        try files.createDirectory(atPath: root + "/deep", withIntermediateDirectories: true)
        try files.createDirectory(atPath: root + "-old", withIntermediateDirectories: true)
        for path in [root + "/a b.wav", root + "/deep/été.wav", root + "-old/secret.wav"] {
            try Data([1]).write(to: URL(filePath: path))
        }
    }

    private func link(_ path: String, to target: String) throws {
        try files.createSymbolicLink(atPath: path, withDestinationPath: target)
    }

    private func code(_ uri: String, roots: [String]? = nil) async throws -> AudioStoreError.Code? {
        let store = try FileAudioStore(roots: roots ?? [root])
        do {
            _ = try await store.fetch(uri)
            return nil
        } catch {
            #expect(error.message.contains("'\(uri)'"))
            return error.code
        }
    }

    @Test func filesUnderARootAreFound() async throws {
        let store = try FileAudioStore(roots: [root])
        #expect(try await store.fetch("file://\(root)/a%20b.wav").path == root + "/a b.wav")
        #expect(try await store.fetch("file://localhost\(root)/deep/%C3%A9t%C3%A9.wav").path == root + "/deep/été.wav")
        #expect(try await store.fetch(FileURI.make(path: root + "/a b.wav")).path == root + "/a b.wav")
    }

    @Test func dotsThatStayInsideAreFine() async throws {
        let store = try FileAudioStore(roots: [root])
        #expect(try await store.fetch("file://\(root)/deep/../a%20b.wav").path == root + "/a b.wav")
    }

    @Test(arguments: [
        "/../data-old/secret.wav", "-old/secret.wav", "/deep/../../data-old/secret.wav", "/%2e%2e/data-old/secret.wav",
        "/../../../../../../../../etc/passwd",
    ])
    func dotsAndNeighboursThatLeadOutAreRefused(tail: String) async throws {
        let uri = "file://" + root + tail
        let store = try FileAudioStore(roots: [root, root + "/deep"])
        let error = await #expect(throws: AudioStoreError.self) { try await store.fetch(uri) }
        #expect(error?.code == .outsideRoots)
        #expect(error?.message.contains(uri) == true)
        #expect(error?.message.contains("'\(root)', '\(root)/deep'") == true)
    }

    @Test func linksAreFollowedBeforeTheCheck() async throws {
        try link(root + "/inside.wav", to: "a b.wav")
        try link(root + "/outside.wav", to: root + "-old/secret.wav")
        try link(root + "/folder", to: "../data-old")
        try link(root + "/loop.wav", to: "loop.wav")
        #expect(try await code("file://\(root)/inside.wav") == nil)
        #expect(try await code("file://\(root)/outside.wav") == .outsideRoots)
        #expect(try await code("file://\(root)/folder/secret.wav") == .outsideRoots)
        #expect(try await code("file://\(root)/folder/absent.wav") == .outsideRoots)
        #expect(try await code("file://\(root)/loop.wav") == .notReadable)
    }

    @Test func aRootMayItselfBeALink() async throws {
        try link(directory.file("link"), to: root)
        let store = try FileAudioStore(roots: [directory.file("link")])
        #expect(store.roots == [root])
        #expect(try await store.fetch("file://\(root)/a%20b.wav").path == root + "/a b.wav")
        #expect(try await store.fetch("file://\(directory.file("link"))/a%20b.wav").path == root + "/a b.wav")
        #expect(try await code("file://\(directory.file("link"))/absent.wav", roots: [root]) == .notFound)
    }

    @Test func missingFilesAreToldOnlyInsideTheRoots() async throws {
        #expect(try await code("file://\(root)/absent.wav") == .notFound)
        #expect(try await code("file://\(root)/absent/absent.wav") == .notFound)
        #expect(try await code("file://\(root)/a%20b.wav/absent.wav") == .notFound)
        #expect(try await code("file://\(root)-old/absent.wav") == .outsideRoots)
        #expect(try await code("file:///absent/absent.wav") == .outsideRoots)
    }

    @Test func onlyRegularFilesAreRead() async throws {
        #expect(mkfifo(root + "/pipe.wav", 0o600) == 0)
        #expect(try await code("file://\(root)/pipe.wav") == .notReadable)
        #expect(try await code("file://\(root)/deep") == .notReadable)
        #expect(try await code("file://\(root)") == .notReadable)
        #expect(try await code("file:///dev/zero", roots: ["/"]) == .notReadable)
    }

    @Test func theWholeMachineMayBeARoot() async throws {
        #expect(try await code("file://\(root)/a%20b.wav", roots: ["/"]) == nil)
    }

    @Test func namesAreComparedByteByByte() async throws {
        // The same word with a composed and a decomposed accent: equal as text, two folders on disk.
        let composed = directory.file("caf\u{E9}")
        let decomposed = directory.file("cafe\u{301}")
        for folder in [composed, decomposed] {
            try files.createDirectory(atPath: folder, withIntermediateDirectories: true)
            #expect(FileManager.default.createFile(atPath: folder + "/a.wav", contents: Data([1])))
        }
        let uri = try FileURI.make(path: decomposed + "/a.wav")
        #expect(try await code(uri, roots: [composed]) == .outsideRoots)
        #expect(try await code(uri, roots: [decomposed]) == nil)
    }

    @Test func badRootsAreRefusedAtTheStart() throws {
        for roots in [[], [""], [root + "/absent"], [root + "/a b.wav"], [root, root + "\0"]] {
            let error = #expect(throws: AudioStoreError.self) { try FileAudioStore(roots: roots) }
            #expect(error?.code == .invalidRoot)
        }
    }

    @Test func otherURIsAreRefused() async throws {
        #expect(try await code("s3://bucket/a.wav") == .uriNotSupported)
        #expect(try await code("file:a.wav") == .uriMalformed)
    }

    @Test func manyAtOnce() async throws {
        let store: any AudioStore = try FileAudioStore(roots: [root])
        try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<200 { group.addTask { [root] in try await store.fetch("file://\(root)/a%20b.wav").path } }
            for try await path in group { #expect(path == root + "/a b.wav") }
        }
    }

    @Test func aFetchedFileKeepsItsOwnerAlive() throws {
        weak var owner: TemporaryDirectory?
        var fetched: FetchedAudio?
        do {
            let temporary = try TemporaryDirectory()
            owner = temporary
            fetched = FetchedAudio(path: temporary.file("a.wav"), keeping: temporary)
        }
        #expect(owner != nil)
        #expect(fetched != nil)
        fetched = nil
        #expect(owner == nil)
    }

    @Test func onlyFaultsOfTheStorageAreRetriable() {
        let stale = SystemError(call: "realpath", errorNumber: ESTALE, path: "/a")
        #expect(AudioStoreError(code: .notReadable, message: "", cause: stale).isRetriable)
        #expect(!AudioStoreError(code: .outsideRoots, message: "").isRetriable)
    }
}
