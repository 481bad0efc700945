extension DragomanClient {
    /// Where the gateway is and how to talk to it.
    public struct Configuration: Sendable {
        /// Where the gateway is.
        public var endpoint: Endpoint
        /// Whether, and how, the connection is encrypted.
        public var security: TransportSecurity
        /// Who this client is, where the gateway asks for it. Over a connection that is not encrypted everybody between can
        /// read it.
        public var token: BearerToken?
        /// How long a call may take, all its attempts together, where the call itself doesn't say.
        public var timeout: Duration
        /// How long the gateway may take for each piece of a stream of jobs, all attempts together; a gateway whose clients
        /// share a quota slows them down.
        public var streamTimeout: Duration
        /// How calls are repeated that fail since the gateway is away.
        public var retry: RetryPolicy
        /// How long a watch tries to connect again before it fails; `nil` tries until it is cancelled.
        public var watchPatience: Duration?
        /// After how much silence to ask whether the gateway is still there while calls are under way; `nil` never asks, and
        /// a watch does not notice when its gateway's machine is gone.
        public var keepalive: Duration?

        /// Creates a configuration with the usual limits.
        /// - Parameters:
        ///   - endpoint: where the gateway is.
        ///   - security: TLS with the system's authorities unless it says otherwise.
        ///   - token: `nil` sends none.
        public init(endpoint: Endpoint, security: TransportSecurity = .tls, token: BearerToken? = nil) {
            self.endpoint = endpoint
            self.security = security
            self.token = token
            timeout = .seconds(30)
            streamTimeout = .seconds(120)
            retry = RetryPolicy()
            watchPatience = .seconds(300)
            keepalive = .seconds(30)
        }

        /// The same with an endpoint as text; see ``Endpoint/init(_:)``.
        /// - Throws: ``DragomanError`` (configuration).
        public init(
            endpoint: String, security: TransportSecurity = .tls, token: BearerToken? = nil
        ) throws(DragomanError) {
            self.init(endpoint: try Endpoint(endpoint), security: security, token: token)
        }
    }
}
