import CommandSupport
import Coordinator

/// One run of `submit`: makes the batch, sends it, and says so.
struct Submission: Sendable {
    let planner: BatchPlanner
    let sources: [BatchSource]
    /// `nil` sends nothing.
    let fleet: (any Fleet)?
    let options: SubmitOptions
    let display: ProgressDisplay
    let isJSON: Bool
    let isQuiet: Bool

    func run() async throws {
        defer { display.stop() }
        do {
            try await submit()
        } catch is CancellationError {
            display.stop()
            StandardError.writeLine("dragoman: interrupted: nothing was sent")
            throw ExitStatus.interrupted
        }
    }

    private func submit() async throws {
        display.start("looking for recordings")
        let batch = try await planner.batch(of: sources) {
            display.update("\(ReadableNumber.counted($0, "recording")) found")
        }
        display.stop()
        let report = SubmitReport(batch: batch, isJSON: isJSON, isQuiet: isQuiet)
        try report.showFindings()
        guard let fleet else { return try report.endDryRun() }
        display.start("connecting")
        let summary = try await fleet.use { fleet in
            try await fleet.submit(batch, options: options) { show($0) }
        }
        display.stop()
        try report.end(summary)
    }

    private func show(_ progress: SubmitProgress) {
        switch progress {
        case .lookingBack: display.update("looking for earlier submits of this batch")
        case .sending(let sent, let total):
            display.update(ProgressReport(verb: "sent", done: sent, total: total))
        case .waiting(let backlog, let sent, let total):
            let before = backlog.map { ", who have \(ReadableNumber.counted($0, "job")) before them" } ?? ""
            display.update(
                "\(ReadableNumber.count(sent)) of \(ReadableNumber.counted(total, "job")) sent; waiting for the workers"
                    + before)
        }
    }
}
