import FoundationEssentials

/// Keys to sign requests with.
struct S3Credentials: Sendable, Hashable {
    var accessKey: String
    var secretKey: String
    /// Of keys that hold for a while only.
    var sessionToken: String?
    /// From when on they don't hold any more; `nil`: for good.
    var expiration: Date?
}
