import ArgumentParser
import AudioStore
import CommandSupport

/// Where a worker fetches audio from, and where it writes results to besides the topic.
struct StorageArguments: SettingArguments {
    @Option(
        name: .customLong("audio-root"), parsing: .singleValue,
        help: ArgumentHelp("Folder under which file: URIs may be read. Can be repeated.", valueName: "folder"),
        completion: .directory)
    var audioRoots: [String] = []

    @Option(
        name: .customLong("s3-bucket"), parsing: .singleValue,
        help: ArgumentHelp(
            "Bucket that s3: URIs may name. Can be repeated. (default: all that the keys give access to)",
            valueName: "bucket"))
    var s3Buckets: [String] = []

    @Option(
        name: .customLong("http-host"), parsing: .singleValue,
        help: ArgumentHelp(
            "Host that http: and https: URIs may name, *.example.com for all below. Can be repeated.",
            valueName: "host"))
    var httpHosts: [String] = []

    @Flag(inversion: .prefixedNo, help: "http: and https: URIs may lead to private and local addresses.")
    var httpPrivateAddresses: Bool?

    @Option(
        help: ArgumentHelp("Folder for fetched audio, which the workers of a machine share.", valueName: "folder"),
        completion: .directory)
    var audioCache: String?

    @Option(
        help: ArgumentHelp(
            "Audio that stays in that folder. (default: \(Self.defaultCacheSize))", valueName: "megabytes"))
    var audioCacheSize: Int?

    @Option(
        help: ArgumentHelp(
            "Largest recording that is fetched. (default: \(Self.defaultSizeLimit))", valueName: "megabytes"))
    var audioSizeLimit: Int?

    @Option(
        help: ArgumentHelp(
            "How long fetching a recording may take. (default: \(Self.defaultTimeLimit))", valueName: "seconds"))
    var audioTimeLimit: Int?

    @Option(
        help: ArgumentHelp(
            """
            Write each result there as well, as JSON, before it is published: s3://BUCKET/… or file:///…, with {job_id}, \
            {batch_id} and {run}. Nothing is written over.
            """, valueName: "uri"))
    var output: String?

    @OptionGroup var s3: S3Arguments

    static let defaultCacheSize = 10_000
    static let defaultSizeLimit = 4_000
    static let defaultTimeLimit = 900

    func flags() throws -> SettingLayer {
        var flags = s3.flags()
        flags.set(.audioRoots, audioRoots, flag: "--audio-root")
        flags.set(.s3Buckets, s3Buckets, flag: "--s3-bucket")
        flags.set(.httpHosts, httpHosts, flag: "--http-host")
        flags.set(.httpPrivateAddresses, httpPrivateAddresses, flag: "--http-private-addresses")
        flags.set(.cacheFolder, audioCache, flag: "--audio-cache")
        flags.set(.cacheSize, audioCacheSize, flag: "--audio-cache-size")
        flags.set(.sizeLimit, audioSizeLimit, flag: "--audio-size-limit")
        flags.set(.timeLimit, audioTimeLimit, flag: "--audio-time-limit")
        flags.set(.workerOutput, output, flag: "--output")
        return flags
    }

    /// The stores of a worker.
    struct Stores {
        let audio: RoutedAudioStore
        let results: ResultStore?
    }

    /// - Throws: `ValidationError` where there is nothing to fetch from, or a setting makes no sense.
    func stores(_ settings: Settings) throws -> Stores {
        let settings = try settings.overridden(by: self)
        let timeouts = HTTPTimeouts(
            total: .seconds(try Self.positive(.timeLimit, "--audio-time-limit", settings) ?? Self.defaultTimeLimit))
        let sizeLimit =
            Int64(try Self.positive(.sizeLimit, "--audio-size-limit", settings) ?? Self.defaultSizeLimit) * 1_000_000
        let roots = try settings.strings(.audioRoots) ?? []
        let hosts = try settings.strings(.httpHosts) ?? []
        let s3 = try s3.client(settings, timeouts: timeouts)
        guard !roots.isEmpty || !hosts.isEmpty || s3 != nil else {
            throw ValidationError(
                "nothing to read audio from: give --audio-root FOLDER, --s3-endpoint URL or --http-host HOST")
        }
        do {
            let files = try files(settings)
            let policy = HTTPPolicy(
                hosts: hosts, allowsPrivateAddresses: try settings.bool(.httpPrivateAddresses) ?? false)
            let (caFile, buckets) = (try settings.string(.storageCA), try settings.strings(.s3Buckets))
            let audio = RoutedAudioStore(
                files: roots.isEmpty ? nil : try FileAudioStore(roots: roots),
                s3: s3.map { S3AudioStore($0, buckets: buckets, sizeLimit: sizeLimit, files: files) },
                http: hosts.isEmpty
                    ? nil
                    : HTTPAudioStore(
                        policy, timeouts: timeouts, sizeLimit: sizeLimit, caFile: caFile, files: files))
            let results = try settings.string(.workerOutput).map { template in
                try ResultStore(ResultTemplate(template), s3: s3)
            }
            return Stores(audio: audio, results: results)
        } catch let error as AudioStoreError where error.code == .configuration {
            throw ValidationError(error.message)
        }
    }

    private func files(_ settings: Settings) throws -> AudioFiles {
        guard let folder = try settings.string(.cacheFolder) else { return .temporary }
        let megabytes = try Self.positive(.cacheSize, "--audio-cache-size", settings) ?? Self.defaultCacheSize
        return .cache(try AudioCache(folder: folder, limit: Int64(megabytes) * 1_000_000))
    }

    private static func positive(_ key: SettingKey, _ option: String, _ settings: Settings) throws -> Int? {
        guard let number = try settings.int(key) else { return nil }
        guard (1...1_000_000_000).contains(number) else {
            throw ValidationError("\(option): expected a number above 0")
        }
        return number
    }
}
