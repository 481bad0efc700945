import Foundation
import TestSupport
import Testing

/// A model's file that is cut while it is used.
@Suite struct CutModelTests {
    private let folder: TemporaryDirectory

    init() throws { folder = try TemporaryDirectory() }

    @Test func folderOfACheckpoint() async throws {
        let model = folder.file("tiny")
        try FileManager.default.copyItem(atPath: Fixtures.path("tiny"), toPath: model)
        try await cut(model + "/model.safetensors", usedAs: model)
    }

    @Test func packedFile() async throws {
        let model = folder.file("demo.dragoman")
        #expect(try await Tool.run(["convert", DemoModel.checkpoint, model, "--quiet"]).status == 0)
        try await cut(model, usedAs: model)
    }

    /// The process says which file it was, and ends by the signal as it would have.
    private func cut(_ path: String, usedAs model: String) async throws {
        // So many that it can't be done before the file is cut.
        let recording = folder.file("a.wav")
        try FileManager.default.copyItem(
            atPath: DemoModel.samplesFolder + "/it-menardi-conf-unlockednow.wav", toPath: recording)
        let files = Array(repeating: recording, count: 10_000)
        let tool = try RunningTool(["translate", "--model", model, "--threads", "2"] + files)
        try await tool.waitFor { !$0.output.isEmpty }
        try #require(truncate(path, 4096) == 0)
        let outcome = try await tool.outcome()
        #expect(outcome.status == SIGBUS)
        #expect(outcome.output.split(separator: "\n").count < files.count)
        let messages = outcome.messages.split(separator: "\n").filter { $0.contains("SIGBUS") }
        #expect(messages.count == 1, "\(outcome.messages)")
        #expect(messages.first?.hasPrefix("dragoman: \(path) was cut or can no longer be read") == true)
        #expect(messages.first?.hasSuffix("write a new file and rename it over") == true)
    }
}
