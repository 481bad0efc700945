/// Does to a fleet what a schedule says.
struct FaultPlayer: Sendable {
    let stage: Stage

    func play(_ schedule: FaultSchedule) async throws {
        let start = ContinuousClock.now
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (time, fault) in schedule.faults {
                try await Task.sleep(until: start + time, clock: .continuous)
                group.addTask { try await play(fault) }
            }
            try await Task.sleep(until: start + stage.duration, clock: .continuous)
            try await group.waitForAll()
        }
    }

    private func play(_ fault: Fault) async throws {
        switch fault {
        case .kill(let slot): await stage.fleet.kill(slot)
        case .terminate(let slot): await stage.fleet.terminate(slot)
        case .pause(let slot, let milliseconds):
            await stage.fleet.pause(slot)
            try await Task.sleep(for: .milliseconds(milliseconds))
            await stage.fleet.resume(slot)
        case .outage(let milliseconds):
            try await stage.setBroker(isUp: false)
            try await Task.sleep(for: .milliseconds(milliseconds))
            try await stage.setBroker(isUp: true)
        case .latency(let latency, let milliseconds):
            try stage.setRoundTrip(milliseconds: latency)
            try await Task.sleep(for: .milliseconds(milliseconds))
            try stage.setRoundTrip(milliseconds: 0)
        case .errors(let request, let failure, let times):
            try await stage.inject(failure, into: request, times: times)
        case .storage(let weather, let milliseconds):
            try stage.setStorage(weather)
            try await Task.sleep(for: .milliseconds(milliseconds))
            try stage.setStorage(.fine)
        }
    }
}
