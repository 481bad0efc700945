import Jobs
import Kafka
import Logging

/// What is logged of jobs. Neither the text nor the audio's name is anybody's business.
struct JobLog: Sendable {
    let logger: Logger

    /// A job is begun.
    func started(_ job: TakenJob) {
        var metadata: Logger.Metadata = ["origin": "\(job.record.origin)"]
        if let run = job.message.jobRun {
            metadata["job"] = "\(run.jobID)"
            metadata["run"] = "\(run.run)"
        }
        if job.isSuspect {
            metadata["crashes"] = "\(job.crashes)"
            logger.notice("job started alone, since workers may have died of it", metadata: metadata)
        } else {
            logger.debug("job started", metadata: metadata)
        }
    }

    /// A job's result was published by another worker.
    func answeredElsewhere(_ record: KafkaRecord) {
        logger.debug("job stopped: its result is there already", metadata: ["origin": "\(record.origin)"])
    }

    /// A job is left to its partition's next owner.
    func givenBack(_ record: KafkaRecord, because error: any Error) {
        if error is CancellationError || error is JobWithdrawn {
            logger.debug("job given back", metadata: ["origin": "\(record.origin)"])
        } else {
            logger.error("can't write the result", metadata: ["origin": "\(record.origin)", "error": "\(error)"])
        }
    }

    /// A job's result is written.
    func finished(_ outcome: JobOutcome, of record: KafkaRecord, seconds: Double) {
        if let retry = outcome.retry {
            let reason = retry.report.failure.reason.schemaName
            logger.warning(
                "job will be tried again",
                metadata: ["origin": "\(record.origin)", "reason": "\(reason)", "delay": "\(retry.delay.rawValue)"])
        }
        if let report = outcome.deadLetter {
            let reason = report.failure.reason.schemaName
            logger.warning("dead letter", metadata: ["origin": "\(record.origin)", "reason": "\(reason)"])
        }
        guard let result = outcome.result else { return }
        let timings = result.timings
        var metadata: Logger.Metadata = [
            "origin": "\(record.origin)", "job": "\(result.jobID)", "run": "\(result.run)",
            "status": "\(result.status.schemaName)", "audio_seconds": "\(result.audioSeconds.rounded(to: 3))",
            "seconds": "\(seconds.rounded(to: 3))", "queue": "\(timings.queue.rounded(to: 3))",
            "fetch": "\(timings.fetch.rounded(to: 3))", "decode": "\(timings.decode.rounded(to: 3))",
            "encode": "\(timings.encode.rounded(to: 3))", "generate": "\(timings.generate.rounded(to: 3))",
        ]
        if result.hasError { metadata["reason"] = "\(result.error.reason.schemaName)" }
        logger.info("job", metadata: metadata)
    }
}

extension KafkaRecord {
    /// Where it lies, as the log puts it.
    fileprivate var origin: String { "\(topic)/\(partition)/\(offset)" }
}

extension Double {
    fileprivate func rounded(to digits: Int) -> Double {
        let scale = (0..<digits).reduce(1.0) { scale, _ in scale * 10 }
        return (self * scale).rounded() / scale
    }
}
