import Foundation
import Platform

/// Writes results to storage, each once: what is there stays as it is.
public struct ResultStore: Sendable {
    private let template: ResultTemplate
    private let s3: S3Client?

    /// Creates a store.
    /// - Throws: ``AudioStoreError`` (configuration) where the template asks for object storage and there is none.
    public init(_ template: ResultTemplate, s3: S3Client?) throws(AudioStoreError) {
        guard !template.isInS3 || s3 != nil else {
            throw AudioStoreError(
                code: .configuration, message: "output in S3: give --s3-endpoint or --s3-region as well")
        }
        self.template = template
        self.s3 = s3
    }

    /// Writes a result, unless it was written before.
    /// - Returns: Its URI.
    /// - Throws: ``AudioStoreError``, `SystemError`, `CancellationError`.
    @discardableResult
    public func write(_ json: [UInt8], jobID: String, batchID: String, run: UInt32) async throws -> String {
        let uri = template.uri(jobID: jobID, batchID: batchID, run: run)
        try await BlockingCall.run { [self] cancellation in
            if let s3, template.isInS3 {
                let location = try S3Location(uri: uri)
                _ = try s3.put(json, to: location, contentType: "application/json", cancellation: cancellation)
            } else {
                try write(json, to: FileURI.path(of: uri))
            }
        }
        return uri
    }

    /// Beside it and then linked, so that a reader finds all of it or nothing, and nothing is replaced.
    private func write(_ json: [UInt8], to path: String) throws {
        let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
        try SystemCalls.makeFolder(folder)
        let file = try LockedFile(path: "\(folder)/.\(UUID().uuidString).tmp", creation: .always)
        defer { file.unlink() }
        let outcome = json.withUnsafeBytes { bytes in
            Result { () throws(SystemError) in try file.write(bytes, at: 0) }
        }
        try outcome.get()
        _ = try SystemCalls.link(file.path, as: path)
    }
}
