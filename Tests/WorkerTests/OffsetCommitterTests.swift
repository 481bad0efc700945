import Kafka
import Logging
import Synchronization
import Testing

@testable import Worker

@Suite struct OffsetCommitterTests {
    private final class Coordinator: Sendable {
        let commits = Mutex<[[KafkaOffset]]>([])
        let failures: Mutex<[KafkaError]>
        private let (gate, opening) = AsyncStream<Void>.makeStream()

        init(failures: [KafkaError] = []) { self.failures = Mutex(failures) }

        /// Lets every commit through.
        func open() { opening.finish() }

        func commit(_ offsets: [KafkaOffset]) async throws {
            for await _ in gate {}
            if let failure = failures.withLock({ $0.popLast() }) { throw failure }
            commits.withLock { $0.append(offsets) }
        }
    }

    private func committer(
        _ coordinator: Coordinator, isOwned: @escaping @Sendable (KafkaOffset) -> Bool = { _ in true }
    ) -> OffsetCommitter {
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        return OffsetCommitter(
            retries: RetryPolicy(firstDelay: .milliseconds(1), longestDelay: .milliseconds(2)), logger: logger,
            isOwned: isOwned, commit: coordinator.commit)
    }

    private func offset(_ offset: Int64, partition: Int32 = 0) -> KafkaOffset {
        KafkaOffset(topic: "jobs", partition: partition, offset: offset, epoch: 1)
    }

    @Test(.timeLimit(.minutes(1)))
    func oneCommitAtATime() async {
        let coordinator = Coordinator()
        let committer = committer(coordinator)
        for number: Int64 in 1...100 { committer.add(offset(number)) }
        coordinator.open()
        await committer.waitUntilIdle()
        let commits = coordinator.commits.withLock { $0 }
        // The first may have set out before the others came.
        #expect(commits.count <= 2 && commits.last == [offset(100)])
        await committer.waitUntilIdle()
    }

    @Test(.timeLimit(.minutes(1)))
    func whatMayPassIsTriedAgain() async {
        let passing = KafkaError(.commitFailed, "m", isRetriable: true)
        let coordinator = Coordinator(failures: [passing, passing, passing])
        coordinator.open()
        let committer = committer(coordinator)
        committer.add(offset(7))
        await committer.waitUntilIdle()
        let commits = coordinator.commits.withLock { $0 }
        #expect(commits == [[offset(7)]])
    }

    @Test(.timeLimit(.minutes(1)))
    func whatIsRefusedIsGivenUp() async {
        let coordinator = Coordinator(failures: [KafkaError(.notAssigned, "m")])
        coordinator.open()
        let committer = committer(coordinator)
        committer.add(offset(7))
        await committer.waitUntilIdle()
        committer.add(offset(8))
        await committer.waitUntilIdle()
        let commits = coordinator.commits.withLock { $0 }
        #expect(commits == [[offset(8)]])
    }

    @Test(.timeLimit(.minutes(1)))
    func onlyOwnedPartitionsAreCommitted() async {
        let coordinator = Coordinator()
        coordinator.open()
        let committer = committer(coordinator) { $0.partition == 1 }
        committer.add(offset(7, partition: 0))
        committer.add(offset(8, partition: 1))
        await committer.waitUntilIdle()
        let commits = coordinator.commits.withLock { $0 }
        #expect(commits == [[offset(8, partition: 1)]])
    }
}
