import Foundation
import Jobs
import Worker

@testable import SpeechTranslation

#if canImport(Glibc)
import Glibc
#endif

/// An engine that does as each job's plan says: sleeps, refuses, hangs, or kills its process.
struct ChaosEngine: TranslationEngine {
    let jobLimit: Int
    let folder: OutputFolder
    let journal: Journal
    private let ticks = ProgressTicks()

    init(jobLimit: Int, folder: OutputFolder, journal: Journal) {
        self.jobLimit = jobLimit
        self.folder = folder
        self.journal = journal
    }

    var model: ModelInfo {
        var model = ModelInfo()
        model.name = "chaos"
        model.digest = String(repeating: "c0", count: 32)
        model.precision = "float32"
        return model
    }

    /// Rises while a job sleeps, but not in one that hangs.
    var progress: UInt64? { ticks.count }

    func validate(_ options: DecodingOptions) throws {}

    func translate(_ samples: [Float], options: DecodingOptions) async throws -> Translation {
        guard let plan = PlanRecording.plan(in: samples) else {
            throw SpeechTranslationError(.invalidOption, "the recording holds no plan")
        }
        journal.note(.start, job: plan.id)
        do {
            try await perform(plan)
        } catch {
            journal.note(.end, job: plan.id, detail: error is CancellationError ? "cancelled" : "refused")
            throw error
        }
        journal.note(.end, job: plan.id, detail: "done")
        return Translation(
            status: .ok, text: plan.text, tokens: plan.tokens, beamScore: -0.5, meanTokenLogprob: -0.25,
            targetLanguage: "en_XX", timings: .init(encodeSeconds: 0, generateSeconds: Double(plan.sleep) / 1000))
    }

    private func perform(_ plan: JobPlan) async throws {
        var plan = plan
        if let first = plan.firstSleep, try AttemptCounter(folder: folder.attempts).add("slow-\(plan.id)") == 0 {
            plan.sleep = first
        }
        switch plan.trouble {
        case .poison(let times): try await poison(plan, times: times ?? .max)
        case .hang: try await Task.sleep(for: .seconds(86_400))
        case .deaf: await Task { [plan] in try? await Task.sleep(for: .milliseconds(plan.sleep)) }.value
        default: try await ticks.sleep(milliseconds: plan.sleep)
        }
        guard plan.trouble != .reject else {
            throw SpeechTranslationError(.unknownTargetLanguage, "'\(plan.id)' is to be refused")
        }
    }

    /// Dies half-way, like a job whose memory grows.
    private func poison(_ plan: JobPlan, times: Int) async throws {
        try await ticks.sleep(milliseconds: plan.sleep / 2)
        let isFixed = FileManager.default.fileExists(atPath: folder.fix)
        if !isFixed, try AttemptCounter(folder: folder.attempts).add("poison-\(plan.id)") < times {
            journal.note(.dying, job: plan.id)
            kill(getpid(), SIGKILL)
        }
        try await ticks.sleep(milliseconds: plan.sleep / 2)
    }
}
