import FoundationEssentials
import Jobs

/// The outcomes of jobs that are not done.
extension JobProcessor {
    /// A job that workers died of repeatedly: a dead letter.
    func lethal(_ message: JobMessage, crashes: Int) -> JobOutcome {
        let failure = JobFailure(
            .workerCrashed, "\(crashes) workers died while they had this job, the last of them with no other beside it",
            class: .lethal)
        return givenUp(message, failure, crashes: crashes)
    }

    /// A job that was called off.
    func cancelled(_ message: JobMessage, reason: String) -> JobOutcome {
        let crashes = message.history.crashes
        if case .failure(let failure) = message.contents { return givenUp(message, failure, crashes: crashes) }
        var result = answer(to: message, crashes: crashes)
        result.status = .cancelled
        if !reason.isEmpty { result.error.message = reason }
        result.finishDate = Date()
        return JobOutcome(result: result, format: message.format)
    }

    /// A job whose attempt failed.
    func failed(
        _ message: JobMessage, _ failure: JobFailure, result: TranslationResult, crashes: Int
    ) -> JobOutcome {
        guard failure.failureClass == .transient else {
            var result = result
            result.fail(failure)
            result.finishDate = Date()
            return JobOutcome(result: result, format: message.format)
        }
        let outcome = givenUp(message, failure, crashes: crashes, result: result)
        guard let step = configuration.retrySchedule.step(after: message.history.tries + 1),
            let report = outcome.deadLetter, let lastAnswer = outcome.result
        else { return outcome }
        let later = Date() + step.duration.inSeconds
        let retry = JobRetry(
            report: report, delay: step.delay, notBefore: min(later, message.job?.deadlineDate ?? later),
            lastAnswer: lastAnswer)
        return JobOutcome(format: message.format, retry: retry)
    }

    /// A record that becomes a dead letter, and its answer where it is known whose it is.
    func givenUp(
        _ message: JobMessage, _ failure: JobFailure, crashes: Int, result: TranslationResult? = nil
    ) -> JobOutcome {
        var outcome = JobOutcome(format: message.format)
        let attempts = attemptNumber(of: message, crashes: crashes, isRunning: failure.failureClass != .lethal)
        outcome.deadLetter = JobReport(
            failure: failure, attempts: attempts, crashes: crashes, lane: message.history.lane,
            origin: message.history.origin)
        guard message.jobRun != nil else { return outcome }
        var result = result ?? answer(to: message, crashes: crashes)
        result.attempt = UInt32(clamping: attempts)
        result.fail(failure)
        result.status = .deadLettered
        result.finishDate = Date()
        outcome.result = result
        return outcome
    }

    /// An answer that says nothing yet but whom it answers.
    func answer(to message: JobMessage, crashes: Int) -> TranslationResult {
        var result = TranslationResult(answering: message)
        result.worker = configuration.name
        result.attempt = UInt32(clamping: attemptNumber(of: message, crashes: crashes, isRunning: true))
        if message.job != nil { result.model = engine.model }
        return result
    }

    private func attemptNumber(of message: JobMessage, crashes: Int, isRunning: Bool) -> Int {
        message.history.tries + max(crashes, 0) + (isRunning ? 1 : 0)
    }
}
