import Foundation
import TestSupport
import Testing

/// `Tests/Servers/storage.py` in a process of its own. It dies with the object.
///
/// `@unchecked`: only the test that made it uses it.
final class StorageServer: @unchecked Sendable {
    private struct Ports: Decodable {
        let http: Int
        let proxy: Int?
    }

    private let process: SpawnedProcess
    private let input = Pipe()
    private let output = Pipe()
    private let ports: Ports

    /// - Parameters:
    ///   - data: what it serves.
    ///   - target: `HOST:PORT` that the proxy leads to.
    init(_ data: [UInt8], in folder: TemporaryDirectory, target: String? = nil) throws {
        let script = Fixtures.root.appending(path: "Tests/Servers/storage.py").path(percentEncoded: false)
        process = try SpawnedProcess(
            TestRequirement.variable("DRAGOMAN_TEST_PYTHON"),
            [script, folder.write(data, to: "served")] + (target.map { [$0] } ?? []), input: .pipe(input),
            output: .pipe(output))
        ports = try JSONDecoder().decode(Ports.self, from: Self.line(output))
    }

    deinit { try? input.fileHandleForWriting.close() }

    var port: Int { ports.http }

    func url(_ path: String, host: String = "127.0.0.1") -> String { "http://\(host):\(ports.http)/\(path)" }

    /// Where the proxy is.
    var proxy: String { "http://127.0.0.1:\(ports.proxy ?? 0)" }

    /// Has the proxy cut the next connections after so many bytes.
    func cut(_ connections: Int, after bytes: Int) throws {
        try input.fileHandleForWriting.write(contentsOf: Data("\(bytes) \(connections)\n".utf8))
        _ = try Self.line(output)
    }

    private static func line(_ pipe: Pipe) throws -> Data {
        var line = Data()
        while let byte = try pipe.fileHandleForReading.read(upToCount: 1), byte != Data("\n".utf8) { line += byte }
        return line
    }
}

/// What a test needs from outside. Where that is missing the test is skipped, except on a CI machine: there it fails.
enum TestRequirement {
    private struct Missing: Error {
        let name: String
    }

    static func variable(_ name: String) throws -> String {
        if let value = ProcessInfo.processInfo.environment[name] { return value }
        guard ProcessInfo.processInfo.environment["CI"] == nil else { throw Missing(name: name) }
        try Test.cancel("\(name) is not set; Tests/run.sh sets it")
    }
}
