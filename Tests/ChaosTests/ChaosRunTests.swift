import Testing

@testable import dragoman_chaos

/// Short runs of real fleets: what the long ones by `Tests/Chaos/run` do at length.
@Suite(.serialized, .timeLimit(.minutes(9))) struct ChaosRunTests {
    @Test func fleetsThatKeepTheRulesAreClean() async throws {
        async let kills = ChaosDriver.run("kills", jobs: 60)
        async let behindLong = ChaosDriver.run("behind-long", jobs: 20)
        async let poison = ChaosDriver.run("poison", jobs: 10)
        for report in try await [kills, behindLong, poison] {
            #expect(report.violations == [], "\(report.text)")
        }
    }

    @Test func sabotageIsSeen() async throws {
        async let commitEarly = ChaosDriver.run("kills", jobs: 60, sabotage: .commitEarly).broken
        async let dropResult = ChaosDriver.run("kills", jobs: 60, sabotage: .dropResult).broken
        async let twoResults = ChaosDriver.run("kills", jobs: 60, sabotage: .twoResults).broken
        async let ignoreMetadata = ChaosDriver.run("poison", jobs: 10, sabotage: .ignoreMetadata).broken
        // Who does not read what the dead have left never learns what they died of.
        let seen = try await (commitEarly, dropResult, twoResults, ignoreMetadata)
        #expect(seen.0.contains(NothingLost.name))
        #expect(seen.1.contains(NothingLost.name))
        #expect(seen.2.contains(OneAnswer.name))
        #expect(seen.3.contains(DeadLettersRight.name))
    }
}

extension Report {
    /// The rules that are broken.
    fileprivate var broken: Set<String> { Set(violations.map(\.rule)) }
}
