import FoundationEssentials
import Jobs
import Monitoring

/// A reading of the lag as metrics.
struct LagMetrics {
    let report: LagReport
    let topics: TopicNames

    private static let lag = MetricDescription(
        "kafka_consumergroup_lag", .gauge, "Records from the group's offset to the partition's end.")
    private static let offset = MetricDescription(
        "kafka_consumergroup_current_offset", .gauge, "The offset that the group has committed.")
    private static let waiting = MetricDescription(
        "dragoman_jobs_waiting", .gauge, "Jobs that are not finished; those in hand among them.")
    private static let audio = MetricDescription(
        "dragoman_audio_seconds_waiting", .gauge,
        "Audio of the jobs that are not finished, by their hints or by the averages of their batches.")
    private static let age = MetricDescription(
        "dragoman_oldest_job_age_seconds", .gauge, "How long the first job that is not finished has waited.")
    private static let delayed = MetricDescription(
        "dragoman_jobs_delayed", .gauge, "Jobs that failed and wait for their next attempt.")
    private static let jobRate = MetricDescription(
        "dragoman_drain_rate_jobs_per_second", .gauge, "Jobs that become finished, over the last while.")
    private static let audioRate = MetricDescription(
        "dragoman_drain_rate_audio_seconds_per_second", .gauge, "Audio that becomes translated, over the last while.")
    private static let eta = MetricDescription(
        "dragoman_empty_eta_seconds", .gauge,
        "Time until nothing waits if nothing is added; infinite where nothing gets on.")
    private static let stuck = MetricDescription(
        "dragoman_partitions_stuck", .gauge, "Partitions where jobs wait and nothing has happened for a while.")
    private static let letters = MetricDescription(
        "dragoman_dead_letters", .gauge, "Dead letters that nobody has sent again or thrown away.")
    private static let success = MetricDescription(
        "dragoman_lag_reader_last_success_timestamp_seconds", .gauge,
        "When the lag was last read, in seconds since 1970.")

    /// All of them.
    var families: [MetricFamily] {
        kafka + byPartition + byLane
            + [
                family(
                    Self.letters,
                    (report.deadLetters ?? [:]).map { MetricFamily.Sample(Double($1), [MetricLabel("reason", $0)]) }),
                family(Self.success, [MetricFamily.Sample(report.time.timeIntervalSince1970)]),
            ]
    }

    private var kafka: [MetricFamily] {
        func samples(_ value: (PartitionLag) -> Int64?) -> [MetricFamily.Sample] {
            report.partitions.compactMap { each in
                value(each).map { value in
                    MetricFamily.Sample(
                        Double(value),
                        [
                            MetricLabel("consumergroup", report.group ?? ""), MetricLabel("topic", each.topic),
                            MetricLabel("partition", "\(each.partition)"),
                        ])
                }
            }
        }
        return [family(Self.lag, samples(\.lag)), family(Self.offset, samples(\.committed))]
    }

    private var byPartition: [MetricFamily] {
        func samples(_ value: (PartitionLag) -> Double?) -> [MetricFamily.Sample] {
            report.partitions.compactMap { each in
                guard let lane = lane(each.topic), let value = value(each) else { return nil }
                return MetricFamily.Sample(
                    value, [MetricLabel("lane", lane), MetricLabel("partition", "\(each.partition)")])
            }
        }
        return [
            family(Self.waiting, samples { Double($0.waiting) }), family(Self.audio, samples(\.audioSeconds)),
        ]
    }

    private var byLane: [MetricFamily] {
        let lanes = report.backlogs.compactMap { backlog in lane(backlog.topic).map { ($0, backlog) } }
        func samples(_ value: (LaneBacklog) -> Double) -> [MetricFamily.Sample] {
            lanes.map { MetricFamily.Sample(value($1), [MetricLabel("lane", $0)]) }
        }
        let delays = RetryDelay.allCases.map { delay in
            MetricFamily.Sample(
                Double(report.waiting(of: topics.retries(delay))), [MetricLabel("delay", delay.rawValue)])
        }
        return [
            family(Self.age, samples { $0.oldest.map { max(0, report.time.timeIntervalSince($0)) } ?? 0 }),
            family(Self.delayed, delays),
            family(Self.jobRate, samples { $0.drain?.jobs ?? 0 }),
            family(Self.audioRate, samples { $0.drain?.audio ?? 0 }),
            family(Self.eta, samples { $0.timeToEmpty?.seconds ?? .infinity }),
            family(
                Self.stuck,
                samples { backlog in Double(report.partitions(of: backlog.topic).count(where: \.isStuck)) }),
        ]
    }

    private func lane(_ topic: String) -> String? {
        topic == topics.jobs ? "interactive" : topic == topics.bulkJobs ? "bulk" : nil
    }

    private func family(_ description: MetricDescription, _ samples: [MetricFamily.Sample]) -> MetricFamily {
        MetricFamily(description, samples)
    }
}
