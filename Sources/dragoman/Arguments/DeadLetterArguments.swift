import ArgumentParser
import Coordinator
import Foundation
import Jobs

/// Which dead letters are meant.
struct DeadLetterArguments: ParsableArguments {
    @Option(help: ArgumentHelp("Jobs of this batch.", valueName: "id"))
    var batch: String?

    @Option(help: ArgumentHelp("This job.", valueName: "id"))
    var job: String?

    @Option(help: ArgumentHelp("Given up for this reason, such as STORAGE_UNAVAILABLE.", valueName: "reason"))
    var reason: String?

    @Option(
        name: .customLong("class"),
        help: ArgumentHelp(
            "Of this class of failure: \(FailureClass.allCases.map(\.rawValue).joined(separator: ", ")).",
            valueName: "class"))
    var failureClass: FailureClass?

    @Option(help: ArgumentHelp("Given up by this worker.", valueName: "name"))
    var worker: String?

    @Option(help: "Submitted to this lane: jobs or bulk.")
    var lane: SubmitOptions.Lane?

    @Option(help: ArgumentHelp("Submitted to the topic of this name.", valueName: "name"))
    var topic: String?

    @Option(
        help: ArgumentHelp(
            "Given up at that time (2026-11-22T13:40:00Z) or later, or in the last 2h.", valueName: "time"))
    var since: PointInTime?

    @Option(help: ArgumentHelp("Given up before that time, or longer than 2h ago.", valueName: "time"))
    var until: PointInTime?

    func validate() throws {
        guard lane == nil || topic == nil else { throw ValidationError("--lane and --topic exclude each other") }
    }

    /// What the options say.
    func filter(topics: TopicNames) -> DeadLetterFilter {
        var filter = DeadLetterFilter()
        let now = Date()
        filter.batchID = batch
        filter.jobID = job
        filter.reason = reason?.uppercased()
        filter.failureClass = failureClass
        filter.worker = worker
        filter.lane = topic ?? lane.map { $0 == .jobs ? topics.jobs : topics.bulkJobs }
        filter.since = since?.before(now)
        filter.until = until?.before(now)
        return filter
    }

    /// What the options and names say, where something has to be said.
    /// - Throws: `ValidationError` where nothing is, and for a name that is none.
    func selection(_ names: [String], all: Bool, topics: TopicNames) throws -> DeadLetterFilter {
        var filter = filter(topics: topics)
        filter.names = try Self.names(names)
        guard all || !filter.isEmpty else {
            throw ValidationError("name dead letters by a job's id or PARTITION/OFFSET, or give filters, or --all")
        }
        return filter
    }

    /// - Throws: `ValidationError` for a name that is none.
    static func names(_ texts: [String]) throws -> [DeadLetterFilter.Name] {
        try texts.map { text in
            guard let name = DeadLetterFilter.Name(text) else {
                throw ValidationError("'\(text)' is no dead letter: expected a job's id, or PARTITION/OFFSET")
            }
            return name
        }
    }
}

extension FailureClass: ExpressibleByArgument {}

extension PointInTime: ExpressibleByArgument {
    /// Reads an argument.
    public init?(argument: String) { self.init(argument) }
}
