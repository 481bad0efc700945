/// How the connection to a gateway is protected.
public enum TransportSecurity: Sendable, Hashable {
    /// Not at all: for a socket of this machine, or a mesh that encrypts by itself.
    case plaintext
    /// By TLS; the gateway's certificate has to be good, and for the name or address that is connected to.
    case tls(TLSOptions)

    /// By TLS, with the system's authorities.
    public static var tls: Self { .tls(TLSOptions()) }
}
