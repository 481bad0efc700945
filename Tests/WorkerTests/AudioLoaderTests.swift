import Audio
import AudioStore
import Jobs
import Segmentation
import Synchronization
import TestSupport
import Testing

@testable import Worker

@Suite(.timeLimit(.minutes(5))) struct AudioLoaderTests {
    /// Bytes of the recording's samples.
    private static let byteCount = 8000 * 4
    private let folder: TemporaryDirectory
    private let audio: JobAudio

    init() throws {
        folder = try TemporaryDirectory()
        audio = try Self.audio(folder, "a.wav", WaveFile.sawTooth(sampleCount: 8000))
    }

    @Test(arguments: [(0, 1), (byteCount, 1), (2 * byteCount - 1, 1), (2 * byteCount, 2), (5 * byteCount, 5)])
    func onlyAsManyAsThereIsMemoryFor(memory: Int, most: Int) async throws {
        let loader = try loader(memory: memory)
        let concurrency = Concurrency()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<20 {
                group.addTask { [audio] in
                    try await loader.withRecording(audio, notes: StageNotes()) { recording in
                        let segment = try await recording.next()
                        #expect(segment?.samples.count == 8000)
                        await concurrency.visit()
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect((1...most).contains(concurrency.peak))
    }

    @Test func memoryIsGivenBackWhateverHappens() async throws {
        struct Trouble: Error {}
        let loader = try loader(memory: Self.byteCount)
        var missing = audio
        missing.uri += "x"
        let noSamples = try Self.audio(folder, "empty.wav", WaveFile([Int16]()))
        var damaged = WaveFile.sawTooth(sampleCount: 8000)
        damaged.tag = 17
        let unreadable = try Self.audio(folder, "damaged.wav", damaged)
        for _ in 0..<3 {
            for audio in [missing, noSamples, unreadable] {
                await #expect(throws: (any Error).self) {
                    try await loader.withRecording(audio, notes: StageNotes()) { _ in }
                }
            }
            await #expect(throws: Trouble.self) {
                try await loader.withRecording(audio, notes: StageNotes()) { _ in throw Trouble() }
            }
        }
        try await loader.withRecording(audio, notes: StageNotes()) { _ in }
    }

    @Test func whoIsCancelledWhileWaitingLeaves() async throws {
        let loader = try loader(memory: Self.byteCount)
        try await loader.withRecording(audio, notes: StageNotes()) { [audio] _ in
            let waiter = Task { try await loader.withRecording(audio, notes: StageNotes()) { _ in } }
            while loader.waitingCount < 1 { await Task.yield() }
            waiter.cancel()
            await #expect(throws: CancellationError.self) { try await waiter.value }
        }
        try await loader.withRecording(audio, notes: StageNotes()) { _ in }
    }

    /// Its header promises hours: it may run alone, and gives back what it does not need.
    @Test func headerThatPromisesTooMuch() async throws {
        var lie = WaveFile.sawTooth(sampleCount: 8000)
        lie.claimedSize = 12 * 3600 * 16_000 * 2
        let lying = try Self.audio(folder, "lie.wav", lie)
        let loader = try loader(memory: 2 * Self.byteCount)
        try await loader.withRecording(lying, notes: StageNotes()) { [audio] recording in
            let segment = try await recording.next()
            #expect(segment?.samples.count == 8000)
            try await loader.withRecording(audio, notes: StageNotes()) { _ in }
        }
    }

    /// Only the part that is wanted takes memory.
    @Test func rangeOfALongRecording() async throws {
        var part = try Self.audio(folder, "long.wav", WaveFile.sawTooth(sampleCount: 160_000))
        part.start = 1
        part.end = 1.5
        let loader = try loader(memory: 2 * Self.byteCount)
        try await loader.withRecording(part, notes: StageNotes()) { recording in
            let segment = try await recording.next()
            #expect(segment?.samples.count == 8000)
            try await loader.withRecording(part, notes: StageNotes()) { _ in }
        }
    }

    private func loader(memory: Int) throws -> AudioLoader {
        AudioLoader(store: try FileAudioStore(roots: [folder.path]), memory: memory)
    }

    private static func audio(_ folder: TemporaryDirectory, _ name: String, _ file: WaveFile) throws -> JobAudio {
        var audio = JobAudio()
        audio.uri = try FileURI.make(path: folder.write(file.bytes, to: name))
        return audio
    }
}
