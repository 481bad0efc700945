import Monitoring

/// What a worker's metrics are called, and what they mean.
enum WorkerMetricNames {
    static let jobs = "dragoman_jobs_total"
    static let audioSeconds = "dragoman_audio_seconds_total"
    static let stageDuration = "dragoman_job_stage_duration_seconds"
    static let realTimeFactor = "dragoman_realtime_factor"
    static let tokens = "dragoman_tokens_total"
    static let decoderRows = "dragoman_decoder_rows"
    static let retries = "dragoman_retries_total"
    static let deadLetters = "dragoman_dead_letters_total"
    static let rebalances = "dragoman_rebalances_total"
    static let commits = "dragoman_commits_total"
    static let modelInfo = "dragoman_model_info"

    /// Those that are counted as things happen; ``WorkerReading`` has the others.
    static let all: [MetricDescription] = [
        MetricDescription(
            jobs, .counter,
            "Records of jobs that were dealt with, by the status of their result, or retried; and why, where it failed."
        ),
        MetricDescription(audioSeconds, .counter, "Audio of the jobs that were translated."),
        MetricDescription(
            stageDuration, .histogram(bounds: .durationBounds),
            "How long jobs were at each stage: waiting in Kafka, fetched, decoded, in the encoder, in the decoder, written."
        ),
        MetricDescription(
            realTimeFactor, .histogram(bounds: [0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1, 1.5, 2, 3, 5, 10]),
            "Time in encoder and decoder over the audio's length."),
        MetricDescription(tokens, .counter, "Tokens of the translations."),
        MetricDescription(
            decoderRows, .histogram(bounds: [1, 2, 4, 5, 8, 10, 15, 20, 25, 30, 35, 40, 50, 64]),
            "Rows of the decoder's steps: the beams of all utterances that are decoded together."),
        MetricDescription(retries, .counter, "Jobs that were put off to be tried again, by how long and why."),
        MetricDescription(deadLetters, .counter, "Messages that were given up, by reason."),
        MetricDescription(rebalances, .counter, "Assignments of partitions to this worker, empty ones too."),
        MetricDescription(commits, .counter, "Commits of partitions' ledgers."),
        MetricDescription(modelInfo, .gauge, "The model of this worker; always 1."),
    ]
}
