/// What keeps a connection from being made, in words. The libraries below tell it by names of their own.
enum ConnectionTrouble {
    private static let known = [
        ("CERTIFICATE_VERIFY_FAILED", "no authority that is trusted has signed its certificate"),
        ("failedToValidateHostname", "its certificate is for another name"),
        ("WRONG_VERSION_NUMBER", "it does not speak TLS"),
        ("before completing the HTTP/2", "it closed the connection; it may want TLS, or a client's certificate"),
        ("CERTIFICATE_REQUIRED", "it wants a client's certificate"),
        ("UNKNOWN_CA", "it does not trust the client's certificate"),
    ]

    /// - Parameter text: what the transport says.
    static func words(for text: String) -> String {
        if let (_, words) = known.first(where: { text.contains($0.0) }) { return words }
        // Where in whose source file it was found out is of no use here.
        let plain = text.replacing(#/\ at\ /[^\s\]\)]+:\d+/#, with: "")
        return plain.replacing(#/Channel\ is\ in\ a\ transient\ failure\ state[^.]*\.\ /#, with: "")
    }
}
