import Platform

/// Lists objects in storage.
public protocol ObjectListing: Sendable {
    /// Goes through all objects whose keys begin alike, in the order of their keys. Blocks its thread.
    /// - Throws: ``AudioStoreError``; what `body` throws; `CancellationError`.
    func list(
        _ prefix: S3Location, cancellation: CancellationFlag, _ body: (S3Client.Object) throws -> Void
    ) throws
}

extension S3Client: ObjectListing {}
