import Testing

@testable import dragoman_chaos

@Suite struct JobPlanTests {
    static let plans: [JobPlan] = [
        JobPlan(id: "a"), JobPlan(id: "b-1", sleep: 0, fetch: 7), JobPlan(id: "c", firstSleep: 9, firstFetch: 8),
        JobPlan(id: "d", trouble: .reject), JobPlan(id: "e", trouble: .missing),
        JobPlan(id: "f", trouble: .flaky(times: 3)), JobPlan(id: "g", trouble: .poison(times: nil)),
        JobPlan(id: "h", trouble: .poison(times: 2)), JobPlan(id: "i", trouble: .hang),
        JobPlan(id: "j", trouble: .deaf), JobPlan(id: "k", audio: 20),
    ]

    @Test(arguments: plans) func comesBackFromItsURI(plan: JobPlan) {
        #expect(JobPlan(uri: plan.uri) == plan)
    }

    @Test(arguments: plans) func comesBackFromItsRecording(plan: JobPlan) {
        // What the decoder makes of 16-bit samples behind a header of 44 bytes.
        let bytes = PlanRecording.file(of: plan).dropFirst(44)
        let samples = stride(from: bytes.startIndex, to: bytes.endIndex, by: 2).map { index in
            Float(Int16(bitPattern: UInt16(bytes[index]) | UInt16(bytes[index + 1]) << 8)) / 32_768
        }
        #expect(PlanRecording.plan(in: samples) == plan)
    }

    @Test(arguments: ["", "file:///a", "chaos:", "chaos:?sleep=1", "chaos:a?nonsense"])
    func refusesWhatIsNoPlan(uri: String) {
        #expect(JobPlan(uri: uri) == nil)
    }
}
