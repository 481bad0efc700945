/// What a client of a gateway has to say about TLS. Files are PEM, and read when the client is made.
public struct TLSOptions: Sendable, Hashable {
    /// A certificate that says who the client is.
    public struct Identity: Sendable, Hashable {
        /// File of the certificate, and those of the authorities between it and a known one after it.
        public var certificateFile: String
        /// File of its private key.
        public var keyFile: String

        /// Creates an identity of two files.
        public init(certificateFile: String, keyFile: String) {
            self.certificateFile = certificateFile
            self.keyFile = keyFile
        }
    }

    /// File with certificates of the authorities that are trusted; `nil` trusts those of the system.
    public var authoritiesFile: String?
    /// Who this client is, for gateways that ask for a certificate.
    public var identity: Identity?
    /// The name that the gateway's certificate must have, where it is not that of the endpoint.
    public var serverName: String?

    /// Creates options; without any the system's authorities are trusted and the client stays nameless.
    public init(authoritiesFile: String? = nil, identity: Identity? = nil, serverName: String? = nil) {
        self.authoritiesFile = authoritiesFile
        self.identity = identity
        self.serverName = serverName
    }
}
