/// Jobs of all kinds, mostly good ones.
struct JobMix {
    private var generator: SplitMix64

    init(_ generator: inout SplitMix64) { self.generator = SplitMix64(seed: generator.next()) }

    func orders(count: Int) -> [JobOrder] {
        var generator = generator
        return (0..<count).map { index in
            var plan = JobPlan(id: "job-\(index)", sleep: .random(in: 20...250, using: &generator))
            plan.trouble = trouble(at: index, of: count, &generator)
            var order = JobOrder(plan: plan, isBulk: Bool.random(using: &generator))
            // Some have to hurry, and some of these can't make it.
            if index % 50 == 7 { order.deadline = Int.random(in: 100...20_000, using: &generator) }
            return order
        }
    }

    private func trouble(at index: Int, of count: Int, _ generator: inout SplitMix64) -> JobPlan.Trouble {
        switch index % 500 {
        case 11: .reject
        case 61: .missing
        case 111: .unreadable
        case 161: .poison(times: nil)
        case 211: .poison(times: 1)
        case 261, 311, 361: .flaky(times: Int.random(in: 1...2, using: &generator))
        case 411: .deaf
        case 461 where index < count * 3 / 4: .hang
        default: .none
        }
    }
}
