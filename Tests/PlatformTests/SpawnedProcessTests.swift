import Foundation
import TestSupport
import Testing

/// What the tests start programs with.
@Suite(.timeLimit(.minutes(5))) struct SpawnedProcessTests {
    private func shell(_ script: String, environment: [String: String]? = nil, folder: String? = nil) throws -> (
        text: String, end: SpawnedProcess.End?
    ) {
        let pipe = Pipe()
        let process = try SpawnedProcess(
            "/bin/sh", ["-c", script], environment: environment, folder: folder, output: .pipe(pipe))
        let text = try pipe.fileHandleForReading.readToEnd() ?? Data()
        return (String(decoding: text, as: UTF8.self), process.waitForEnd())
    }

    @Test func endsAsTheProgramSays() throws {
        #expect(try shell("exit 7").end == .exit(7))
        #expect(try shell("kill -9 $$").end == .signal(9))
        #expect(throws: SpawnedProcess.Failure.self) { try SpawnedProcess("/no/such/program", []) }
    }

    @Test func hasWhatItIsGivenAndNothingElse() throws {
        let folder = try TemporaryDirectory()
        let file = try FileHandle(forReadingFrom: URL(filePath: folder.write("x".utf8, to: "x")))
        let path = URL(filePath: folder.path).resolvingSymlinksInPath().path(percentEncoded: false)
        #expect(try shell("pwd -P", folder: folder.path).text.hasPrefix(path))
        #expect(try shell("echo $A", environment: ["A": "b c"]).text == "b c\n")
        // The folder that is listed is open too.
        let names = try withExtendedLifetime(file) { try shell("cat; ls /proc/self/fd").text.split(separator: "\n") }
        #expect(names.count == 4, "\(names)")
    }

    @Test func diesWithTheObjectWhateverIsBlockedHere() throws {
        var blocked = sigset_t()
        var before = sigset_t()
        sigemptyset(&blocked)
        sigaddset(&blocked, SIGTERM)
        pthread_sigmask(SIG_BLOCK, &blocked, &before)
        let process = try SpawnedProcess("/bin/sleep", ["600"])
        pthread_sigmask(SIG_SETMASK, &before, nil)
        #expect(process.end == nil)
        process.send(SIGTERM)
        #expect(process.waitForEnd() == .signal(SIGTERM))
        // Its number may be somebody else's by now.
        process.send(SIGKILL)

        let pipe = Pipe()
        _ = try SpawnedProcess("/bin/sleep", ["600"], output: .pipe(pipe))
        #expect(try pipe.fileHandleForReading.readToEnd() ?? Data() == Data())
    }
}
