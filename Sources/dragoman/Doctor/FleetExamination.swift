import Coordinator
import Jobs
import Kafka
import Logging

/// Looks at the brokers, the topics and the group.
struct FleetExamination {
    let kafka: KafkaConfiguration
    let topics: TopicNames
    let group: String
    let logger: Logger

    /// One finding after another; without brokers the others are not looked for.
    func examine(_ report: (DoctorFinding) throws -> Void) async throws {
        let broker = await brokerFinding()
        try report(broker)
        guard broker.verdict == .ok else {
            for name in ["topics", "group"] { try report(DoctorFinding(name, .notChecked, "not checked: no broker")) }
            return
        }
        try report(await topicsFinding())
        try report(await groupFinding())
    }

    private func brokerFinding() async -> DoctorFinding {
        do {
            let reader = try KafkaReader(configuration: kafka, logger: logger)
            let answer: Result<KafkaBrokerDescription, any Error>
            do { answer = .success(try await reader.brokerDescription) } catch { answer = .failure(error) }
            await reader.close()
            let cluster = try answer.get()
            let brokers = cluster.brokers.map { "\($0.id) at \($0.host):\($0.port)" }.joined(separator: ", ")
            let name = cluster.clusterID.map { "cluster \($0), " } ?? ""
            return DoctorFinding(
                "broker", .ok, "\(name)\(cluster.brokers.count == 1 ? "broker" : "brokers") \(brokers)")
        } catch {
            return DoctorFinding("broker", .failed, "\(error)", advice: Self.advice(for: error))
        }
    }

    private func topicsFinding() async -> DoctorFinding {
        do {
            let findings = try await TopicManager(kafka: kafka, logger: logger).inspect(topics).findings
            let wrong = findings.filter { $0.problem != nil }
            guard !wrong.isEmpty else {
                let partitions = findings.first { $0.topic == topics.jobs }?.partitions ?? 0
                return DoctorFinding(
                    "topics", .ok, "all \(findings.count) under '\(topics.prefix)', \(partitions) partitions of jobs")
            }
            return DoctorFinding(
                "topics", .failed,
                wrong.map { "\($0.topic) \($0.partitions == nil ? "is missing" : "has too few partitions")" }
                    .joined(separator: ", "),
                advice: "run 'dragoman topics create' with the same options, or give the right --prefix")
        } catch {
            return DoctorFinding("topics", .failed, "\(error)", advice: Self.advice(for: error))
        }
    }

    private func groupFinding() async -> DoctorFinding {
        do {
            let reader = try LagReader(kafka: kafka, topics: topics, group: group, logger: logger)
            let reading: Result<LagReport, any Error>
            do { reading = .success(try await reader.read()) } catch { reading = .failure(error) }
            await reader.close()
            let report = try reading.get()
            let owners = Set(report.partitions.compactMap(\.owner)).count
            let workers = report.ownersAreKnown ? "\(owners) \(owners == 1 ? "worker" : "workers"), " : ""
            let detail = "\(group): \(workers)\(report.totalLag) jobs to do"
            guard report.ownersAreKnown, owners == 0, report.totalLag > 0 else {
                return DoctorFinding("group", .ok, detail)
            }
            return DoctorFinding(
                "group", .warning, detail, advice: "start workers: 'dragoman worker', with the same --group")
        } catch let error as KafkaError where error.code == .unknownTopic {
            return DoctorFinding("group", .notChecked, "\(group): not checked, there are no jobs topics")
        } catch {
            return DoctorFinding("group", .failed, "\(error)", advice: Self.advice(for: error))
        }
    }

    private static func advice(for error: any Error) -> String? {
        switch (error as? KafkaError)?.code {
        case .brokerUnreachable, .timedOut:
            "check the address, that the broker runs, and that no firewall is in between"
        case .authentication: "check security.protocol, the certificates and the credentials"
        case .authorization: "have the cluster's operator grant it"
        case .configuration: "mend the setting; 'dragoman config show' lists all"
        default: nil
        }
    }
}
