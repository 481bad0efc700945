import ArgumentParser
import AudioStore
import CommandSupport
import Foundation

/// Where object storage is.
struct S3Arguments: SettingArguments {
    @Option(
        help: ArgumentHelp("Endpoint of object storage. (default: AWS' in the region)", valueName: "https://host"))
    var s3Endpoint: String?

    @Option(help: ArgumentHelp("Region of object storage. (default: AWS_REGION, or us-east-1)", valueName: "region"))
    var s3Region: String?

    @Flag(
        inversion: .prefixedNo,
        help: "The bucket goes into the path of URLs. (default: where there is an endpoint)")
    var s3PathStyle: Bool?

    @Option(
        help: ArgumentHelp("Certificates of authorities that storage is trusted by (PEM).", valueName: "file"),
        completion: .file())
    var storageCA: String?

    func flags() -> SettingLayer {
        var flags = SettingLayer(.flag)
        flags.set(.s3Endpoint, s3Endpoint, flag: "--s3-endpoint")
        flags.set(.s3Region, s3Region, flag: "--s3-region")
        flags.set(.s3PathStyle, s3PathStyle, flag: "--s3-path-style")
        flags.set(.storageCA, storageCA, flag: "--storage-ca")
        return flags
    }

    /// - Returns: `nil` where nothing says that there is object storage.
    func client(_ settings: Settings, timeouts: HTTPTimeouts = HTTPTimeouts()) throws -> S3Client? {
        let settings = try settings.overridden(by: self)
        let isMeant = [SettingKey.s3Endpoint, .s3Region, .s3Buckets].contains { settings.value($0) != nil }
        let environment = ProcessInfo.processInfo.environment
        guard isMeant || Self.region(environment) != nil || Self.endpoint(environment) != nil else { return nil }
        return try anyClient(settings, timeouts: timeouts)
    }

    /// A client for whoever names a bucket.
    func anyClient(_ settings: Settings, timeouts: HTTPTimeouts = HTTPTimeouts()) throws -> S3Client {
        let settings = try settings.overridden(by: self)
        let environment = ProcessInfo.processInfo.environment
        let configuration = S3Configuration(
            endpoint: try settings.string(.s3Endpoint) ?? Self.endpoint(environment),
            region: try settings.string(.s3Region) ?? Self.region(environment) ?? "us-east-1",
            usesPathStyle: try settings.bool(.s3PathStyle), stsEndpoint: try settings.string(.s3STSEndpoint))
        let caFile = try settings.string(.storageCA)
        do throws(AudioStoreError) {
            return try S3Client(configuration, environment: environment, timeouts: timeouts, caFile: caFile)
        } catch {
            throw ValidationError(error.message)
        }
    }

    private static func region(_ environment: [String: String]) -> String? {
        value(environment, "AWS_REGION", "AWS_DEFAULT_REGION")
    }

    private static func endpoint(_ environment: [String: String]) -> String? {
        value(environment, "AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL")
    }

    private static func value(_ environment: [String: String], _ names: String...) -> String? {
        names.lazy.compactMap { environment[$0] }.first { !$0.isEmpty }
    }
}
