import Jobs
import Testing

@testable import dragoman_chaos

/// Each rule is shown what it is there for, and what it must let pass.
@Suite struct RulesTests {
    private let plan = JobPlan(id: "a")

    @Test func aGoodRunBreaksNone() {
        var run = ExampleRun()
        run.complete(plan)
        run.complete(JobPlan(id: "b"))
        run.end(2, committed: 2)
        #expect(run.violations == [])
    }

    @Test func aJobWithoutAnAnswerIsLost() {
        var run = ExampleRun()
        run.submit(plan)
        #expect(run.broken == [NothingLost.name])
    }

    @Test func answersThatDifferAreFound() {
        var run = ExampleRun()
        run.complete(plan)
        run.answer(plan, at: 22)
        #expect(run.violations == [])
        run.answer(plan, at: 23, text: "something else")
        #expect(run.broken == [OneAnswer.name])
    }

    @Test func answersToNobodyAreFound() {
        var run = ExampleRun()
        run.answer(plan, at: 22)
        #expect(run.broken == [OneAnswer.name])
    }

    @Test func theOutcomeIsThatOfThePlan() {
        var run = ExampleRun()
        run.complete(JobPlan(id: "refused", trouble: .reject))
        #expect(run.broken == [RightOutcome.name])
        run = ExampleRun()
        run.submit(plan)
        run.answer(plan, .failed, at: 22)
        #expect(run.broken == [RightOutcome.name])
    }

    @Test func nobodyIsLateTooEarlyOrDoneTooLate() {
        var run = ExampleRun()
        run.submit(plan, deadline: 30)
        run.answer(plan, .deadlineExceeded, at: 29)
        #expect(run.broken == [RightOutcome.name])
        run = ExampleRun()
        run.submit(plan, deadline: 30)
        run.answer(plan, at: 35)
        #expect(run.broken == [RightOutcome.name])
        run = ExampleRun()
        run.submit(plan, deadline: 30)
        run.answer(plan, .deadlineExceeded, at: 30.1)
        #expect(run.violations == [])
    }

    @Test func whatIsAnsweredIsNotBegun() {
        var run = ExampleRun()
        run.complete(plan, from: 20, to: 21)
        run.note(.assigned, at: 22)
        run.note(.start, at: 23, pid: ExampleRun.otherPID, job: plan.id)
        #expect(run.broken == [NoStartAfterAnswer.name])
    }

    @Test(arguments: [
        [(JournalEntry.Event.paused, 20.5), (.resumed, 22.5)], [(.brokerDown, 20.5), (.brokerUp, 22.5)],
        [(.injected, 21)],
    ])
    func nobodyHearsOfAnAnswerWhoCannot(events: [(JournalEntry.Event, Double)]) {
        var run = ExampleRun()
        run.complete(plan, from: 20, to: 21)
        run.note(.assigned, at: 22)
        for (event, time) in events { run.note(event, at: time, pid: ExampleRun.otherPID) }
        run.note(.start, at: 23, pid: ExampleRun.otherPID, job: plan.id)
        #expect(run.violations == [])
    }

    @Test func nothingIsRedoneWithoutReason() {
        var run = ExampleRun()
        run.submit(plan)
        run.note(.start, at: 20, job: plan.id)
        run.note(.start, at: 20.5, pid: ExampleRun.otherPID, job: plan.id)
        run.answer(plan, at: 21)
        #expect(run.broken == [RedoneWithinBound.name])
        run.note(.killed, at: 20.2)
        #expect(run.violations == [])
    }

    @Test func aDeathAccountsForItsOwnWorkOnly() {
        var run = ExampleRun()
        run.submit(plan)
        run.note(.start, at: 20, job: plan.id)
        run.note(.killed, at: 20.2, pid: ExampleRun.otherPID)
        run.note(.start, at: 20.5, pid: ExampleRun.otherPID, job: plan.id)
        run.answer(plan, at: 21)
        #expect(run.broken == [RedoneWithinBound.name])
    }

    @Test func whatWasPutOffMayBeTriedAgain() {
        var run = ExampleRun()
        run.submit(plan)
        run.note(.start, at: 20, job: plan.id)
        run.note(.acknowledged, at: 20.2, job: plan.id, detail: "retry")
        run.note(.start, at: 22, job: plan.id)
        run.answer(plan, at: 23)
        #expect(run.violations == [])
    }

    /// A partition changes hands during an attempt, and its old owner puts it off.
    @Test func whoeverHasPutItOff() {
        var run = ExampleRun()
        run.submit(plan)
        run.note(.start, at: 20, job: plan.id)
        run.note(.assigned, at: 21)
        run.note(.start, at: 21.1, pid: ExampleRun.otherPID, job: plan.id)
        run.note(.acknowledged, at: 22, job: plan.id, detail: "retry")
        run.note(.end, at: 22.1, pid: ExampleRun.otherPID, job: plan.id, detail: "cancelled")
        // Much later than the change.
        run.note(.start, at: 60, pid: ExampleRun.otherPID, job: plan.id)
        run.answer(plan, at: 61)
        #expect(run.violations == [])
    }

    /// A job that was at work whenever somebody killed its worker looks like one that did it.
    @Test(arguments: [(4, false), (3, true)]) func whoIsKilledWithAJobBlamesIt(kills: Int, isBroken: Bool) {
        var run = ExampleRun()
        let submission = run.submit(plan)
        for index in 0..<kills {
            let (pid, time) = (Int32(300 + index), 20 + Double(index))
            run.note(.spawned, at: time - 0.5, pid: pid, worker: "w")
            run.note(.start, at: time, pid: pid, job: plan.id)
            run.note(.killed, at: time + 0.1, pid: pid)
            run.note(.exited, at: time + 0.2, pid: pid, worker: "w", detail: "signal 9")
        }
        run.bury(submission, at: 30)
        run.answer(plan, .deadLettered, at: 31, reason: "WORKER_CRASHED")
        #expect(run.broken.contains(DeadLettersRight.name) == isBroken)
    }

    @Test func aDeadLetterIsKeptOnceAndAsItCame() {
        let poison = JobPlan(id: "p", trouble: .poison(times: nil))
        func run(deaths: Int, letters: [String?]) -> Set<String> {
            var run = ExampleRun()
            let submission = run.submit(poison)
            for death in 0..<deaths {
                let pid = Int32(300 + death)
                let time = 20 + Double(death)
                run.note(.spawned, at: time - 0.5, pid: pid, worker: "w")
                run.note(.start, at: time, pid: pid, job: poison.id)
                run.note(.dying, at: time + 0.1, pid: pid, job: poison.id)
                run.note(.exited, at: time + 0.2, pid: pid, worker: "w", detail: "signal 9")
            }
            for (index, value) in letters.enumerated() { run.bury(submission, at: 30 + Double(index), value: value) }
            run.answer(poison, .deadLettered, at: 31, reason: "WORKER_CRASHED")
            return run.broken
        }
        #expect(run(deaths: 4, letters: [nil]) == [])
        #expect(run(deaths: 5, letters: [nil]) == [DeadLettersRight.name])
        #expect(run(deaths: 0, letters: [nil]) == [DeadLettersRight.name])
        #expect(run(deaths: 4, letters: []) == [DeadLettersRight.name])
        #expect(run(deaths: 4, letters: [nil, nil]) == [DeadLettersRight.name])
        #expect(run(deaths: 4, letters: ["changed"]) == [DeadLettersRight.name])
    }

    @Test func twoThatDieOfTheSameAttemptCountOnce() {
        let poison = JobPlan(id: "p", trouble: .poison(times: nil))
        var run = ExampleRun()
        run.bury(run.submit(poison), at: 30)
        for (index, time) in [20, 21, 22, 23, 23.1].enumerated() {
            let pid = Int32(300 + index)
            run.note(.spawned, at: time - 0.5, pid: pid, worker: "w")
            run.note(.start, at: time, pid: pid, job: poison.id)
            run.note(.dying, at: time + 0.15, pid: pid, job: poison.id)
            run.note(.exited, at: time + 0.2, pid: pid, worker: "w", detail: "signal 9")
            run.note(.assigned, at: time + 0.3)
        }
        run.answer(poison, .deadLettered, at: 31, reason: "WORKER_CRASHED")
        #expect(run.violations == [])
    }

    @Test(arguments: [Int64?.none, 1, 3]) func allIsCommittedAtTheEnd(committed: Int64?) {
        var run = ExampleRun()
        run.end(2, committed: committed)
        #expect(run.broken == [OffsetsAtEnd.name])
    }

    @Test func idleWorkersCommitToTheEnd() {
        var run = ExampleRun()
        run.note(.lagging, at: 30, detail: "chaos.jobs[0] 1 of 2")
        #expect(run.broken == [OffsetsAtEnd.name])
    }

    @Test func nobodyDiesByItself() {
        var run = ExampleRun()
        run.note(.spawned, at: 5, pid: 300, worker: "w3-1")
        run.note(.exited, at: 6, pid: 300, worker: "w3-1", detail: "signal 6")
        #expect(run.broken == [NoUnexpectedExit.name])
    }

    @Test func whoDoesNotListenYetMayDieOfTheSignal() {
        var run = ExampleRun()
        run.note(.spawned, at: 5, pid: 300, worker: "w3-1")
        run.note(.terminated, at: 5.1, pid: 300)
        run.note(.exited, at: 5.2, pid: 300, worker: "w3-1", detail: "signal 15")
        #expect(run.violations == [])
        run.note(.assigned, at: 5.05, pid: 300)
        #expect(run.broken == [NoUnexpectedExit.name])
    }

    @Test func whoIsToldToStopDoesSoInTime() {
        var run = ExampleRun()
        run.note(.spawned, at: 5, pid: 300, worker: "w3-1")
        run.note(.terminated, at: 6, pid: 300)
        run.note(.exited, at: 60, pid: 300, worker: "w3-1", detail: "0")
        #expect(run.broken == [NoUnexpectedExit.name])
    }
}
