import Foundation
import TestSupport
import Testing

@testable import Kafka

/// A broker of an independent implementation in a process of its own, which can be killed and come back without its data.
///
/// `@unchecked`: only the test that made it uses it.
final class IndependentBroker: @unchecked Sendable {
    let address: String
    private let executable: String
    private let port: Int
    private let data: TemporaryDirectory
    private var process: SpawnedProcess?
    private var starts = 0

    /// Starts the broker that is installed beside the tests' Python; skips the test where there is none.
    init() async throws {
        // The command of that name is a script, which would be killed in its place.
        executable = try Self.output(
            of: Self.python(), ["-c", "import noida_db; print(noida_db.__path__[0] + '/noida-db', end='')"])
        port = try Self.freePort()
        address = "127.0.0.1:\(port)"
        data = try TemporaryDirectory()
        try await start()
    }

    deinit { kill() }

    /// Kills the broker (SIGKILL) and waits until it is gone.
    func kill() {
        process?.send(SIGKILL)
        process?.waitForEnd()
        process = nil
    }

    /// Starts the broker at the same address with no data.
    func start() async throws {
        starts += 1
        process = try SpawnedProcess(
            executable,
            ["start", "--only", "kafka", "--kafka-port", "\(port)", "--data-dir", data.file("\(starts)")])
        let reader = try KafkaReader(
            configuration: KafkaConfiguration(bootstrapServers: address, requestTimeout: .seconds(20)), logger: .silent)
        _ = try await reader.brokerDescription
        await reader.close()
    }

    private static func python() throws -> String {
        let environment = ProcessInfo.processInfo.environment
        if let python = environment["DRAGOMAN_TEST_PYTHON"] { return python }
        guard environment["CI"] == nil else {
            throw KafkaError(.configuration, "CI is set but DRAGOMAN_TEST_PYTHON is not: no test may be skipped")
        }
        try Test.cancel("DRAGOMAN_TEST_PYTHON is not set")
    }

    private static func output(of executable: String, _ arguments: [String]) throws -> String {
        let pipe = Pipe()
        let process = try SpawnedProcess(executable, arguments, output: .pipe(pipe))
        defer { process.waitForEnd() }
        return String(decoding: try pipe.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
    }

    /// A port that nobody listens on.
    private static func freePort() throws -> Int {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = INADDR_LOOPBACK.bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let port = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer -> in_port_t? in
                guard bind(descriptor, pointer, length) == 0, getsockname(descriptor, pointer, &length) == 0 else {
                    return nil
                }
                return pointer.withMemoryRebound(to: sockaddr_in.self, capacity: 1) { $0.pointee.sin_port }
            }
        }
        return Int(UInt16(bigEndian: try #require(port)))
    }
}
