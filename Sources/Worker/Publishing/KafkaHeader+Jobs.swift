import FoundationEssentials
import Jobs
import Kafka

extension [KafkaHeader] {
    /// The headers that say what a job went through.
    init(_ report: JobReport) {
        self = [
            MessageHeader(.reason, report.failure.reason.schemaName),
            MessageHeader(.failureClass, report.failure.failureClass.rawValue),
            MessageHeader(.attempts, String(report.attempts)),
            MessageHeader(.crashes, String(report.crashes)),
            MessageHeader(.lane, report.lane),
            MessageHeader(.origin, "\(report.origin)"),
        ].map(KafkaHeader.init)
    }

    /// These headers with others in place of all that have the same names.
    func replacing(with others: [KafkaHeader]) -> [KafkaHeader] {
        let names = Set(others.map(\.key))
        return filter { !names.contains($0.key) } + others
    }
}
