/// What to ask a server for.
struct HTTPRequest: Sendable {
    /// Keys to sign with, by AWS' version 4.
    struct Signature: Sendable {
        let credentials: S3Credentials
        let region: String
        let service: String
    }

    var method = "GET"
    var url: String
    var headers: [(name: String, value: String)] = []
    /// `nil`: none.
    var body: [UInt8]?
    var signature: Signature?

    init(_ method: String = "GET", url: String) {
        self.method = method
        self.url = url
    }
}
