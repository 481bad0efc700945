import FoundationEssentials
import Jobs
import Kafka
import SpeechTranslation
import Tracing

/// The span of a worker's attempt at a job, below what the job's headers name. Stages lie below it, and what is published
/// names it in turn.
enum JobSpan {
    static func run(_ job: TakenJob, _ body: () async -> Void) async {
        let tracer = InstrumentationSystem.tracer
        let record = job.record
        let now = DefaultTracerClock.now
        let span = tracer.startSpan(
            "job", context: InstrumentationContext(of: record.headers.map(MessageHeader.init)), ofKind: .consumer,
            at: now)
        span.attributes["messaging.system"] = "kafka"
        span.attributes["messaging.destination.name"] = record.topic
        span.attributes["messaging.destination.partition.id"] = "\(record.partition)"
        span.attributes["messaging.kafka.offset"] = Int(record.offset)
        // What a job waited, others' clocks tell.
        let waited = record.secondsWaited(since: job.message.job?.submitDate)
        interval("queue", below: span.context, seconds: waited, until: now)
        await InstrumentationContext.withValue(span.context) { await body() }
        span.end()
    }

    /// Notes the engine's stages, which have just ended.
    static func note(_ timings: Translation.Timings) {
        let end = DefaultTracerClock.now
        let generate = UInt64(max(0, min(timings.generateSeconds, 1e9)) * 1e9)
        let middle = end.nanosecondsSinceEpoch - min(generate, end.nanosecondsSinceEpoch)
        interval(
            "encode", below: .current, seconds: timings.encodeSeconds,
            until: DefaultTracerClock.Timestamp(nanosecondsSinceEpoch: middle))
        interval("generate", below: .current, seconds: timings.generateSeconds, until: end)
    }

    /// A stage that is over, of which it is known how long it took.
    static func interval(
        _ name: String, below context: InstrumentationContext?, seconds: Double,
        until end: DefaultTracerClock.Timestamp = DefaultTracerClock.now
    ) {
        guard let context else { return }
        let length = UInt64(max(0, min(seconds, 1e9)) * 1e9)
        let start = end.nanosecondsSinceEpoch - min(length, end.nanosecondsSinceEpoch)
        let span = InstrumentationSystem.tracer.startSpan(
            name, context: context, at: DefaultTracerClock.Timestamp(nanosecondsSinceEpoch: start))
        span.end(at: end)
    }
}
