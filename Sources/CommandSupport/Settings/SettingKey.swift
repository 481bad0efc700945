/// What environment and configuration file may set, besides librdkafka's properties (see ``SettingLayer/kafka``):
/// `audio.roots` is `DRAGOMAN_AUDIO_ROOTS` in the environment and `roots` under `audio` in the file.
package enum SettingKey: String, CaseIterable {
    case brokers
    case prefix
    case topicsJobs = "topics.jobs"
    case topicsBulk = "topics.bulk"
    case group
    case name
    case model
    case threads
    case decoderRows = "decoder.rows"
    case decoderMemory = "decoder.memory"
    /// A list; in the environment separated by commas.
    case audioRoots = "audio.roots"
    case workerInFlight = "worker.in-flight"
    case workerGrace = "worker.grace"
    case workerAttemptLimit = "worker.attempt-limit"
    case workerAudioMemory = "worker.audio-memory"
    case workerStandstillLimit = "worker.standstill-limit"
    /// A template of URIs.
    case workerOutput = "worker.output"
    case submitMaxBacklog = "submit.max-backlog"
    case s3Endpoint = "storage.s3.endpoint"
    case s3Region = "storage.s3.region"
    case s3PathStyle = "storage.s3.path-style"
    /// A list.
    case s3Buckets = "storage.s3.buckets"
    case s3STSEndpoint = "storage.s3.sts-endpoint"
    /// A list.
    case httpHosts = "storage.http.hosts"
    case httpPrivateAddresses = "storage.http.private-addresses"
    case storageCA = "storage.ca"
    case cacheFolder = "storage.cache.folder"
    case cacheSize = "storage.cache.size"
    case sizeLimit = "storage.size-limit"
    case timeLimit = "storage.time-limit"
    case httpListen = "http.listen"
    case httpUploads = "http.uploads"
    case tracingEndpoint = "tracing.endpoint"
    case exporterInterval = "exporter.interval"
    case exporterWindow = "exporter.window"
    case exporterStuckAfter = "exporter.stuck-after"
    case gatewayListen = "gateway.listen"
    case gatewayIndex = "gateway.index"
    case gatewayRetention = "gateway.retention"
    case gatewayCertificate = "gateway.certificate"
    case gatewayKey = "gateway.key"
    case gatewayClientCA = "gateway.client-ca"
    case gatewayTokens = "gateway.tokens"
    case gatewayQuota = "gateway.quota"
    case gatewayBurst = "gateway.burst"
    case gatewayMaxBacklog = "gateway.max-backlog"
    case gatewayGrace = "gateway.grace"
    case clientGateway = "client.gateway"
    case clientTokenFile = "client.token-file"
    case clientCA = "client.ca"
    case clientCertificate = "client.certificate"
    case clientKey = "client.key"
    /// `true` or `false`.
    case clientPlaintext = "client.plaintext"
    case kafkaConfig = "kafka.config"
    case logFormat = "log.format"
    case logLevel = "log.level"

    /// What the names of all variables begin with.
    package static let variablePrefix = "DRAGOMAN_"

    /// The environment variable that sets it.
    package var variable: String {
        Self.variablePrefix + rawValue.uppercased().map { $0 == "." || $0 == "-" ? "_" : String($0) }.joined()
    }

    /// Whether it holds several values.
    package var isList: Bool { [.audioRoots, .s3Buckets, .httpHosts].contains(self) }

    /// What it means, for the manual.
    package var meaning: String {
        switch self {
        case .brokers: "Kafka brokers, HOST:PORT,HOST:PORT."
        case .prefix: "What the names of the fleet's topics begin with."
        case .topicsJobs: "Topic of the jobs that somebody waits for."
        case .topicsBulk: "Topic of the jobs for bulk."
        case .group: "Consumer group of the workers, one per model."
        case .name: "Name of a worker in results and logs."
        case .model: "Folder of the checkpoint, or a packed file."
        case .threads: "Threads that compute."
        case .decoderRows: "Rows of a decoder step at most: the beams of all utterances that are decoded together."
        case .decoderMemory: "Megabytes that utterances in the decoder may take together."
        case .audioRoots: "Folders under which file: URIs may be read; in the environment separated by commas."
        case .workerInFlight: "Jobs a worker holds at a time."
        case .workerGrace: "Seconds a worker that is told to stop has to finish its jobs."
        case .workerAttemptLimit: "Seconds one attempt at a job may take; then it is tried again later."
        case .workerAudioMemory: "Megabytes of decoded audio that a worker's jobs may hold together."
        case .workerStandstillLimit: "Seconds a worker's engine or poll loop may stand still before it ends itself."
        case .workerOutput: "URI that each result is written to as well, with {job_id}, {batch_id} and {run}."
        case .submitMaxBacklog: "Backlog at which a submit waits."
        case .s3Endpoint: "Endpoint of object storage, https://HOST."
        case .s3Region: "Region that requests to object storage are signed for."
        case .s3PathStyle: "Whether the bucket goes into the path of object storage's URLs."
        case .s3Buckets: "Buckets that workers may read from; in the environment separated by commas."
        case .s3STSEndpoint: "Endpoint that gives keys for a web identity, https://HOST."
        case .httpHosts: "Hosts that http: and https: URIs may name; in the environment separated by commas."
        case .httpPrivateAddresses: "Whether http: and https: URIs may lead to private and local addresses."
        case .storageCA: "Certificates of authorities that storage is trusted by (PEM)."
        case .cacheFolder: "Folder for fetched audio, which the workers of a machine share."
        case .cacheSize: "Megabytes of audio that stay in that folder."
        case .sizeLimit: "Megabytes of a recording that is fetched, at most."
        case .timeLimit: "Seconds that fetching a recording may take."
        case .httpListen: "Address and port that metrics and health are served at over HTTP."
        case .httpUploads: "Folder that recordings sent to a gateway's page are put into, as a file: URI."
        case .tracingEndpoint: "Collector that spans are sent to by OTLP over HTTP, http://HOST:4318."
        case .exporterInterval: "Seconds from one reading of an exporter to the next."
        case .exporterWindow: "Seconds that results tell how fast the workers are."
        case .exporterStuckAfter: "Seconds that jobs may wait without any sign of work until a partition is stuck."
        case .gatewayListen: "Address and port that dragoman-gateway listens at."
        case .gatewayIndex: "File of a gateway's index."
        case .gatewayRetention: "Days that a gateway's index keeps jobs after their last change."
        case .gatewayCertificate: "A gateway's certificate, and those that signed it (PEM)."
        case .gatewayKey: "The private key of a gateway's certificate (PEM)."
        case .gatewayClientCA: "What the certificates of a gateway's clients have to be signed with (PEM)."
        case .gatewayTokens: "File of the bearer tokens that a gateway accepts."
        case .gatewayQuota: "Jobs a second that each client may submit to a gateway."
        case .gatewayBurst: "Jobs at once that each client may submit to a gateway."
        case .gatewayMaxBacklog: "Backlog at which a gateway refuses jobs."
        case .gatewayGrace: "Seconds that calls have to end when a gateway is told to stop."
        case .clientGateway: "Gateway that commands for jobs go through, HOST:PORT."
        case .clientTokenFile: "File of the token that the gateway asks for."
        case .clientCA: "What the gateway's certificate has to be signed with (PEM)."
        case .clientCertificate: "Certificate to show to the gateway, and those that signed it (PEM)."
        case .clientKey: "The private key of that certificate (PEM)."
        case .clientPlaintext: "Whether to talk to the gateway in the clear: true or false."
        case .kafkaConfig: "A file of librdkafka properties, one key=value a line."
        case .logFormat: "Form of the log: text or json."
        case .logLevel: "Least level that is logged: trace, debug, info, notice, warning, error or critical."
        }
    }

    /// What holds where nothing sets it, in words.
    package var standard: String {
        switch self {
        case .brokers, .model, .audioRoots, .kafkaConfig: "none"
        case .prefix: "dragoman."
        case .topicsJobs: "the prefix and jobs"
        case .topicsBulk: "the prefix and jobs.bulk"
        case .group: "the prefix without its dot"
        case .name: "host name and process id"
        case .threads: "1 in a worker, all processors in 'dragoman translate'"
        case .decoderRows: "40"
        case .decoderMemory: "2147"
        case .workerInFlight: "4"
        case .workerGrace: "30"
        case .workerAttemptLimit: "3600"
        case .workerAudioMemory: "1000"
        case .workerStandstillLimit: "300"
        case .workerOutput, .s3Endpoint, .s3STSEndpoint, .storageCA, .cacheFolder, .httpHosts: "none"
        case .s3Region: "AWS_REGION, or us-east-1"
        case .s3PathStyle: "true where there is an endpoint"
        case .s3Buckets: "all"
        case .httpPrivateAddresses: "false"
        case .cacheSize: "10000"
        case .sizeLimit: "4000"
        case .timeLimit: "900"
        case .submitMaxBacklog, .gatewayQuota, .gatewayMaxBacklog: "no limit"
        case .httpListen: "127.0.0.1:9464 in an exporter, else none"
        case .httpUploads, .tracingEndpoint: "none"
        case .exporterInterval: "15"
        case .exporterWindow: "300"
        case .exporterStuckAfter: "900"
        case .gatewayListen: "127.0.0.1:50051"
        case .gatewayRetention: "no limit"
        case .gatewayIndex, .gatewayCertificate, .gatewayKey, .gatewayClientCA, .gatewayTokens: "none"
        case .gatewayBurst: "ten seconds' worth"
        case .gatewayGrace: "20"
        case .clientGateway, .clientTokenFile, .clientCertificate, .clientKey: "none"
        case .clientCA: "the system's authorities"
        case .clientPlaintext: "false"
        case .logFormat: "text"
        case .logLevel: "info in a worker, else what fails"
        }
    }
}
