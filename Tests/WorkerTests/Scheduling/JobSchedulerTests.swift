import Testing

@testable import Worker

@Suite struct JobSchedulerTests {
    private func scheduler(slots: Int, _ waiting: [(String, Lane)]) -> JobScheduler<String> {
        var scheduler = JobScheduler<String>(slots: slots)
        for (job, lane) in waiting { scheduler.add(job, lane: lane, isSuspect: false) }
        return scheduler
    }

    private func drain(_ scheduler: inout JobScheduler<String>) -> [String] {
        var jobs: [String] = []
        while let job = scheduler.next() { jobs.append(job) }
        return jobs
    }

    @Test func interactiveJobsGoFirstInTheirOrder() {
        var scheduler = scheduler(slots: 4, [("b1", .bulk), ("i1", .interactive), ("i2", .interactive)])
        #expect(drain(&scheduler) == ["i1", "i2", "b1"])
    }

    @Test func aSlotIsKeptForInteractiveJobs() {
        var scheduler = scheduler(slots: 3, (1...5).map { ("b\($0)", .bulk) })
        #expect(drain(&scheduler) == ["b1", "b2"])
        scheduler.add("i1", lane: .interactive, isSuspect: false)
        #expect(drain(&scheduler) == ["i1"])
        scheduler.ended(lane: .interactive)
        #expect(drain(&scheduler) == [])
        scheduler.ended(lane: .bulk)
        #expect(drain(&scheduler) == ["b3"])
    }

    @Test func interactiveJobsDoNotStarveBulkOnes() {
        var scheduler = scheduler(slots: 3, (1...9).map { ("i\($0)", .interactive) } + [("b1", .bulk)])
        #expect(drain(&scheduler) == ["i1", "i2", "b1"])
        // Nothing of bulk waits any more.
        scheduler.ended(lane: .bulk)
        #expect(drain(&scheduler) == ["i3"])
    }

    @Test func withOneSlotBulkJobsGetTheirTurn() {
        var scheduler = scheduler(slots: 1, (1...30).map { ("i\($0)", .interactive) } + [("b1", .bulk)])
        var order: [String] = []
        while let job = scheduler.next() {
            order.append(job)
            scheduler.ended(lane: job == "b1" ? .bulk : .interactive)
        }
        #expect(order.firstIndex(of: "b1") == 8 && order.count == 31)
    }

    @Test func suspectsRunAlone() {
        var scheduler = scheduler(slots: 4, [("a", .interactive), ("b", .interactive)])
        #expect(drain(&scheduler) == ["a", "b"])
        scheduler.add("s1", lane: .interactive, isSuspect: true)
        scheduler.add("s2", lane: .bulk, isSuspect: true)
        scheduler.add("c", lane: .interactive, isSuspect: false)
        #expect(drain(&scheduler) == [])
        scheduler.ended(lane: .interactive)
        #expect(drain(&scheduler) == [])
        scheduler.ended(lane: .interactive)
        #expect(drain(&scheduler) == ["s1"])
        scheduler.ended(lane: .interactive)
        #expect(drain(&scheduler) == ["s2"])
        scheduler.ended(lane: .bulk)
        #expect(drain(&scheduler) == ["c"])
    }

    @Test func whatIsTakenOutDoesNotRun() {
        var scheduler = scheduler(slots: 1, [("a", .interactive), ("b", .bulk), ("c", .interactive)])
        scheduler.add("s", lane: .bulk, isSuspect: true)
        #expect(scheduler.waitingCount == 4 && scheduler.waitingCount(.interactive) == 2)
        #expect(Set(scheduler.remove { $0 != "c" }) == ["a", "b", "s"])
        #expect(drain(&scheduler) == ["c"] && scheduler.waitingCount == 0)
    }
}
