import Jobs
import Synchronization
import Testing

@testable import Coordinator

@Suite(.timeLimit(.minutes(5))) struct BatchSenderTests {
    /// Takes jobs while there is room, all that come together or none of them; each refusal makes more room.
    private final class NarrowSink: JobSink {
        struct State {
            var room: Int
            var taken: [String] = []
            var calls: [Int] = []
        }

        let chunkSize = 8
        let state: Mutex<State>

        init(room: Int) { state = Mutex(State(room: room)) }

        func prepare(_ job: TranslationJob) -> String { job.id }

        func send(_ ids: [String]) async throws -> SentChunk<String> {
            state.withLock { state in
                state.calls.append(ids.count)
                guard ids.count <= state.room else {
                    state.room += 3
                    return SentChunk(acknowledgedCount: 0, refused: ids)
                }
                state.room -= ids.count
                state.taken += ids
                return SentChunk(acknowledgedCount: ids.count)
            }
        }
    }

    private func spool(_ count: Int) throws -> JobSpool {
        var writer = try JobSpool.Writer()
        for number in 0..<count {
            var job = TranslationJob()
            job.id = "job-\(number)"
            try writer.append(job)
        }
        return try writer.finish()
    }

    /// What is refused is sent again, fewer at a time, in order.
    @Test func whatIsRefusedIsSentAgain() async throws {
        let sink = NarrowSink(room: 8)
        var handled = HandledJobs(batchID: "b", run: 0)
        handled.add(answered: "job-3", isFailed: false)
        let waits = Mutex(0)
        let sender = BatchSender(spool: try spool(13), handled: handled, sink: sink, total: 12) { progress in
            if case .waiting = progress { waits.withLock { $0 += 1 } }
        }
        let outcome = await sender.send(through: nil)
        #expect(try outcome.isComplete(of: 12, "b") && outcome.acknowledgedCount == 12)
        let state = sink.state.withLock { $0 }
        #expect(state.taken == (0..<13).filter { $0 != 3 }.map { "job-\($0)" })
        #expect(state.calls.first == 7 && state.calls.contains { $0 < 5 } && waits.withLock { $0 } > 0)
    }

    @Test func cancelledWhileThereIsNoRoom() async throws {
        let sink = NarrowSink(room: -1_000)
        let jobs = try spool(20)
        let (refused, refusal) = AsyncStream<Void>.makeStream()
        let sending = Task {
            let sender = BatchSender(
                spool: jobs, handled: HandledJobs(batchID: "b", run: 0), sink: sink, total: 20
            ) { _ in refusal.finish() }
            let outcome = await sender.send(through: nil)
            return try outcome.isComplete(of: 20, "b")
        }
        for await _ in refused {}
        sending.cancel()
        #expect(try await !sending.value)
        #expect(sink.state.withLock { $0.taken.isEmpty })
    }
}
