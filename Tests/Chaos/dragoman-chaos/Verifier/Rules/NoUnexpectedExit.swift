/// Workers end when they are told to, in time and well, or when somebody kills them; never by themselves.
enum NoUnexpectedExit: Rule {
    static let name = "exits"

    static func violations(in evidence: Evidence) -> [Violation] {
        // Leaving a group and ending the process take a moment beyond the grace period on a busy machine.
        let grace = Int64(evidence.settings.grace) * 1_000_000_000 + 2_000_000_000
        return evidence.chronicle.lives.values.sorted { $0.spawned < $1.spawned }.compactMap { life in
            guard life.endedWell else {
                return violation(life.worker, "ended with \(life.status ?? "nothing known"); see its log")
            }
            guard life.killed == nil, let terminated = life.terminated, let exited = life.exited else { return nil }
            let stopped = life.pauses.covered(of: terminated...max(terminated, exited))
            guard exited - terminated - stopped > grace else { return nil }
            return violation(life.worker, "took \((exited - terminated) / 1_000_000) ms to stop")
        }
    }
}
