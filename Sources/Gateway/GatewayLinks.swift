import Coordinator
import Jobs
import Kafka
import Logging
import Synchronization

/// What a gateway has to do with Kafka: what it writes with, what it reads with, and the service that stands on them.
final class GatewayLinks: Sendable {
    let service: TranslationService
    let draining = Draining()
    private let producer: KafkaProducer
    private let reader: KafkaReader
    private let lag: LagReader
    /// Looks at the fleet from time to time, for the page.
    private let fleetWatch: FleetWatch
    private let observer: LagObserver
    /// Reads the lag from time to time, for who wants metrics.
    let lagWatch: LagWatch
    private let follower: IndexFollower
    private let backlog: BacklogWatch?
    private let retention: IndexRetention?
    private let logger: Logger
    /// When they were last counted.
    private let indexed = Atomic<Int>(0)
    private let index: JobIndex
    private static let countInterval = Duration.seconds(15)

    init(_ configuration: GatewayConfiguration, index: JobIndex, logger: Logger) throws {
        let (kafka, topics) = (configuration.kafka, configuration.topics)
        self.logger = logger
        self.index = index
        producer = try KafkaProducer(configuration: kafka, logger: logger)
        reader = try KafkaReader(configuration: kafka, logger: logger)
        let lag = try LagReader(kafka: kafka, topics: topics, group: configuration.group, logger: logger)
        self.lag = lag
        fleetWatch = FleetWatch(index: index, reader: lag, logger: logger)
        var options = LagObserver.Options()
        options.countsDeadLetters = true
        observer = try LagObserver(
            kafka: kafka, topics: topics, group: configuration.group, options: options, logger: logger)
        lagWatch = LagWatch(observer: observer, topics: topics, interval: .seconds(15), logger: logger)
        follower = try IndexFollower(index: index, kafka: kafka, logger: logger)
        backlog = configuration.backlogLimit.map { BacklogWatch(limit: $0, reader: lag, logger: logger) }
        retention = configuration.retention.map { IndexRetention(index: index, age: $0, logger: logger) }
        let opener = BatchOpener(index: index, producer: producer, reader: reader, topics: topics)
        service = TranslationService(
            index: index,
            submitter: JobSubmitter(
                index: index, producer: producer, topics: topics, batches: opener,
                quotas: configuration.quota.map { ClientQuotas(rate: $0.rate, burst: $0.burst) }, backlog: backlog),
            finisher: BatchFinisher(index: index, opener: opener, reader: reader, topics: topics),
            canceller: JobCanceller(index: index, producer: producer, topics: topics), lag: observer, draining: draining
        )
    }

    /// Records that were in the topics when they were last looked at, and are not in the index.
    var recordsBehind: Int64 { follower.recordsBehind }

    /// Jobs in the index when they were last counted.
    var jobsIndexed: Int { indexed.load(ordering: .relaxed) }

    /// Keeps the index up to date until the task is cancelled.
    /// - Parameters:
    ///   - watchesLag: whether to read the lag from time to time.
    ///   - isReady: told whether calls can be answered.
    /// - Throws: `KafkaError` when the topics can't be read at the beginning.
    func run(watchesLag: Bool, isReady: @escaping @Sendable (Bool) -> Void) async throws {
        try await follower.start()
        logger.info("ready: the index has caught up with the topics")
        isReady(true)
        await withTaskGroup(of: Void.self) { group in
            group.addTask { [follower] in await follower.keepLooking(isReachable: isReady) }
            group.addTask { [backlog] in await backlog?.run() }
            group.addTask { [retention] in await retention?.run() }
            guard watchesLag else { return }
            group.addTask { [lagWatch] in await lagWatch.run() }
            group.addTask { [fleetWatch] in await fleetWatch.run() }
            group.addTask { [self] in await countJobs() }
        }
    }

    /// The page, and its API.
    func page(_ configuration: GatewayConfiguration, tokens: ClientTokens?, isLoopback: Bool) -> PageRoutes {
        let uploads = configuration.uploads.map { RecordingUploads(folder: $0, submitter: service.submitter) }
        return PageRoutes(
            access: PageAccess(
                tokens: tokens, isLoopback: isLoopback, isInsecure: configuration.isInsecure,
                asksForCertificates: configuration.tls?.clientAuthority != nil),
            overview: OverviewBuilder(
                watch: fleetWatch, version: configuration.version,
                uploads: PageOverview.Uploads(
                    isOn: uploads != nil, limit: UploadFolder.sizeLimit, suffixes: RecordingType.suffixes)),
            uploads: uploads)
    }

    private func countJobs() async {
        repeat {
            if let count = try? await index.jobCount() { indexed.store(count, ordering: .relaxed) }
        } while (try? await Task.sleep(for: Self.countInterval)) != nil
    }

    /// Ends all connections.
    func close() async {
        await follower.close()
        await producer.close()
        await reader.close(timeout: .seconds(2))
        await lag.close()
        await observer.close()
    }
}
