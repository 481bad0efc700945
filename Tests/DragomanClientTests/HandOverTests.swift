import Testing

@testable import DragomanClient

@Suite(.timeLimit(.minutes(5))) struct HandOverTests {
    private struct Broken: Error {}

    @Test func inOrder() async throws {
        let numbers = HandOver<Int>()
        async let given: Void = {
            for number in 0..<1000 { #expect(await numbers.give(number)) }
            numbers.end()
        }()
        var taken: [Int] = []
        while let number = try await numbers.take() { taken.append(number) }
        await given
        #expect(taken == Array(0..<1000))
        #expect(try await numbers.take() == nil)
        #expect(await !numbers.give(1))
    }

    @Test func endings() async throws {
        let numbers = HandOver<Int>()
        async let given = numbers.give(1)
        try await Task.sleep(for: .milliseconds(20))
        numbers.end(Broken())
        numbers.end()
        #expect(await !given)
        await #expect(throws: Broken.self) { try await numbers.take() }
        #expect(try await numbers.take() == nil)

        let others = HandOver<Int>()
        let taking = Task { try await others.take() }
        try await Task.sleep(for: .milliseconds(20))
        others.end(Broken())
        await #expect(throws: Broken.self) { try await taking.value }
    }

    @Test func cancellations() async throws {
        let numbers = HandOver<Int>()
        for delay in [0, 20] {
            let giving = Task { await numbers.give(1) }
            try await Task.sleep(for: .milliseconds(delay))
            giving.cancel()
            #expect(await !giving.value)
            let taking = Task { try await numbers.take() }
            try await Task.sleep(for: .milliseconds(delay))
            taking.cancel()
            await #expect(throws: CancellationError.self) { try await taking.value }
        }
        async let given = numbers.give(2)
        #expect(try await numbers.take() == 2)
        #expect(await given)
    }
}
