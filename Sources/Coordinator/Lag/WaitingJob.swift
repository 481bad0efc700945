import FoundationEssentials
import Jobs
import Kafka

/// What has to be known of a job that waits, in few bytes.
struct WaitingJob: Sendable {
    let offset: Int64
    /// The length of its recording as far as the job tells; not a number where it does not.
    let seconds: Float
    var batch: BatchAverages.Index
    /// When it was submitted, in seconds since 1970; 0 where that is not known.
    let time: UInt32

    /// - Parameter index: Gives a batch's place.
    init(_ record: KafkaRecord, index: (String) -> BatchAverages.Index) {
        offset = record.offset
        let headers = record.headers.map(MessageHeader.init)
        let job: TranslationJob? = try? MessageCodec.decode(from: record.value, headers: headers)
        batch = index(job?.batchID ?? "")
        // What is no job takes no time.
        seconds = job.map { $0.audio.expectedSeconds.map { Float($0) } ?? .nan } ?? 0
        let written = record.timestampMilliseconds.map { Double($0) / 1000 }
        time = UInt32(clamping: Int64(job?.submitDate?.timeIntervalSince1970 ?? written ?? 0))
    }

    /// When it was submitted.
    var date: Date? { time > 0 ? Date(timeIntervalSince1970: Double(time)) : nil }
}

extension JobAudio {
    /// How long what is wanted of the recording should be, by the job; `nil` where it does not tell.
    var expectedSeconds: Double? {
        let whole = hasDurationHint && durationHint >= 0 ? durationHint : nil
        guard let end = [whole, hasEnd ? end : nil].compactMap(\.self).min() else { return nil }
        let seconds = max(0, end - (hasStart ? start : 0))
        return seconds.isFinite ? min(seconds, Self.longest) : nil
    }

    /// Longer than any recording: what a job or a result tells may be any number.
    static let longest = 1e6
}
