import Foundation
import Platform
import TestSupport
import Testing

@testable import AudioStore

/// Object storage on a server that was not written here.
@Suite(.timeLimit(.minutes(6))) struct S3StoreTests {
    private static let keys = ["AWS_ACCESS_KEY_ID": "testkey", "AWS_SECRET_ACCESS_KEY": "testsecret123"]

    private let endpoint: String
    private let folder: TemporaryDirectory
    private let prefix = "test-\(UUID().uuidString.lowercased())/"
    private let data: [UInt8]

    init() throws {
        endpoint = try TestRequirement.variable("DRAGOMAN_TEST_S3")
        folder = try TemporaryDirectory()
        var generator = SplitMix64(seed: 2)
        data = (0..<300_000).map { _ in UInt8.random(in: 0...255, using: &generator) }
    }

    private func client(_ keys: [String: String] = keys, endpoint: String? = nil) throws -> S3Client {
        try S3Client(
            S3Configuration(endpoint: endpoint ?? self.endpoint), environment: keys,
            timeouts: HTTPTimeouts(connect: .seconds(5), stall: .seconds(3), total: .seconds(20)))
    }

    private func store(
        _ client: S3Client, buckets: [String]? = nil, limit: Int64 = 1 << 20, files: AudioFiles = .temporary
    ) -> RoutedAudioStore {
        RoutedAudioStore(s3: S3AudioStore(client, buckets: buckets, sizeLimit: limit, files: files))
    }

    private func put(_ name: String, _ bytes: [UInt8]? = nil) async throws -> S3Location {
        let (client, data) = (try client(), bytes ?? data)
        let location = S3Location(bucket: "audio", key: prefix + name)
        _ = try await BlockingCall.run {
            try client.put(data, to: location, contentType: "audio/wav", cancellation: $0)
        }
        return location
    }

    private func contents(_ location: S3Location, _ store: RoutedAudioStore) async throws -> [UInt8] {
        let audio = try await store.fetch(location.description)
        return try withExtendedLifetime(audio) { try [UInt8](Data(contentsOf: URL(filePath: audio.path))) }
    }

    private func error(_ uri: String, _ store: RoutedAudioStore) async throws -> AudioStoreError? {
        do {
            _ = try await store.fetch(uri)
            return nil
        } catch let error as AudioStoreError {
            return error
        }
    }

    @Test func oddKeys() async throws {
        let names = ["a b.wav", "ü/é.wav", "c+d.wav", "e%41.wav", "f=g&h.wav", "i#j?k.wav", "~m'n(o)*.wav", "日本.wav"]
        for name in names {
            let location = try await put(name, Array(name.utf8))
            #expect(try await contents(location, store(client())) == Array(name.utf8))
            #expect(try S3Location(uri: location.description) == location)
        }
        let (client, place) = (try client(), S3Location(bucket: "audio", key: prefix))
        let listed = try await BlockingCall.run { cancellation in
            var listed: [S3Client.Object] = []
            try client.list(place, cancellation: cancellation) { listed.append($0) }
            return listed
        }
        #expect(Set(listed.map(\.location.key)) == Set(names.map { prefix + $0 }))
        #expect(listed.allSatisfy { Int($0.byteCount) == $0.location.key.utf8.count - prefix.utf8.count })
    }

    @Test func wrongKeysAndMissingThings() async throws {
        let location = try await put("there.wav")
        for (keys, word) in [
            (["AWS_ACCESS_KEY_ID": "testkey", "AWS_SECRET_ACCESS_KEY": "wrong"], "SignatureDoesNotMatch"),
            (["AWS_ACCESS_KEY_ID": "nobody", "AWS_SECRET_ACCESS_KEY": "wrong"], "InvalidAccessKeyId"),
        ] {
            let error = try #require(try await error("\(location)", store(client(keys))))
            #expect(error.code == .notReadable && !error.isRetriable && error.message.contains(word), "\(error)")
        }
        let none = try #require(try await error("\(location)", store(client(["HOME": folder.path]))))
        #expect(none.code == .configuration && none.message.contains("AWS_ACCESS_KEY_ID"))
        for uri in ["s3://audio/\(prefix)nowhere.wav", "s3://no-such-bucket-here/a.wav"] {
            let error = try #require(try await error(uri, store(client())))
            #expect(error.code == .notFound && error.message.contains(uri), "\(error)")
        }
        #expect(try await error("s3://audio", store(client()))?.code == .uriMalformed)
        #expect(try await error("\(location)", store(client(), buckets: ["other"]))?.code == .notAllowed)
        let large = try #require(try await error("\(location)", store(client(), limit: 1000)))
        #expect(large.code == .tooLarge)
        let gone = try #require(try await error("\(location)", store(client(endpoint: "http://127.0.0.1:1"))))
        #expect(gone.code == .unavailable && gone.isRetriable)
    }

    @Test func keysFromAFile() async throws {
        let text = """
            [default]
            aws_access_key_id = nobody
            aws_secret_access_key = nothing

            ; a comment
            [speech]
            aws_access_key_id=testkey
            aws_secret_access_key = testsecret123
            """
        let path = try folder.write(Array(text.utf8), to: "credentials")
        let location = try await put("there.wav")
        let client = try client(["AWS_SHARED_CREDENTIALS_FILE": path, "AWS_PROFILE": "speech"])
        #expect(try await contents(location, store(client)) == data)
    }

    /// A link that was signed by AWS' own client, while it holds and afterwards.
    @Test func signedLinks() async throws {
        let location = try await put("there.wav")
        let http = RoutedAudioStore(
            http: HTTPAudioStore(
                HTTPPolicy(hosts: ["127.0.0.1"], allowsPrivateAddresses: true), sizeLimit: 1 << 20, files: .temporary))
        let link = try await presigned(location, seconds: 600)
        let audio = try await http.fetch(link)
        #expect(try [UInt8](Data(contentsOf: URL(filePath: audio.path))) == data)

        let expiring = try await presigned(location, seconds: 1)
        try await Task.sleep(for: .seconds(3))
        let error = try #require(try await error(expiring, http))
        #expect(error.code == .notReadable && !error.isRetriable, "\(error)")
        #expect(!error.message.contains("X-Amz") && error.message.contains(location.key))
    }

    private func presigned(_ location: S3Location, seconds: Int) async throws -> String {
        let script = Fixtures.root.appending(path: "Tests/Clients/presign.py").path(percentEncoded: false)
        let python = try TestRequirement.variable("DRAGOMAN_TEST_PYTHON")
        let endpoint = endpoint
        return try await BlockingCall.run { _ in
            let pipe = Pipe()
            let process = try SpawnedProcess(
                python, [script, endpoint, location.bucket, location.key, "\(seconds)"], output: .pipe(pipe))
            let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
            process.waitForEnd()
            return String(decoding: output, as: UTF8.self).trimmingCharacters(in: .newlines)
        }
    }

    /// The connection is cut in the middle, again and again: it goes on where it was.
    @Test func brokenConnections() async throws {
        let location = try await put("there.wav")
        let server = try StorageServer(data, in: folder, target: String(endpoint.dropFirst("http://".count)))
        let store = store(try client(endpoint: server.proxy))
        try server.cut(5, after: 40_000)
        #expect(try await contents(location, store) == data)
        // Nothing comes at all, over connections that are opened now.
        try server.cut(100, after: 0)
        let other = self.store(try client(endpoint: server.proxy))
        #expect(try await error("\(location)", other)?.code == .unavailable)
    }

    @Test func resultsAreWrittenOnce() async throws {
        let template = try ResultTemplate("s3://audio/\(prefix)out/{batch_id}/{job_id}.json")
        let results = try ResultStore(template, s3: client())
        let first = try await results.write(Array("first".utf8), jobID: "j", batchID: "b", run: 0)
        let second = try await results.write(Array("second".utf8), jobID: "j", batchID: "b", run: 0)
        let later = try await results.write(Array("later".utf8), jobID: "j", batchID: "b", run: 2)
        #expect(first == second && later.hasSuffix("out/b/j.run-2.json"))
        #expect(try await contents(S3Location(uri: first), store(client())) == Array("first".utf8))
        #expect(try await contents(S3Location(uri: later), store(client())) == Array("later".utf8))
        let wrong = try ResultStore(template, s3: client(["AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b"]))
        await #expect(throws: AudioStoreError.self) {
            try await wrong.write([1], jobID: "j", batchID: "b", run: 0)
        }
    }

    /// Many who want the same and other things at the same time, while what is there is removed to make room.
    @Test func sharedCache() async throws {
        var locations: [S3Location] = []
        var contents: [[UInt8]] = []
        for number in 0..<12 {
            contents.append(Array(data.dropFirst(number * 1000)))
            locations.append(try await put("\(number).wav", contents[number]))
        }
        // Two thirds of it fit.
        let stores = try (0..<4).map { _ in
            store(
                try client(), files: .cache(try AudioCache(folder: folder.file("cache"), limit: Int64(data.count) * 8)))
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (index, store) in stores.enumerated() {
                group.addTask { [locations, contents] in
                    var generator = SplitMix64(seed: UInt64(index))
                    for _ in 0..<40 {
                        let number = Int.random(in: 0..<locations.count, using: &generator)
                        let found = try await self.contents(locations[number], store)
                        #expect(found == contents[number])
                    }
                }
            }
            try await group.waitForAll()
        }
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.file("cache"))
        let sizes = try files.map { file in
            try FileManager.default.attributesOfItem(atPath: folder.file("cache/" + file))[.size] as? Int ?? 0
        }
        #expect(sizes.reduce(0, +) < data.count * 9 && !files.contains { $0.hasSuffix(".part") })
    }
}
