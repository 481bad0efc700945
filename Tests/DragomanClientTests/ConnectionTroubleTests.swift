import Testing

@testable import DragomanClient

@Suite struct ConnectionTroubleTests {
    @Test(arguments: [
        ("connect: Connection refused (errno: 111)", "connect: Connection refused (errno: 111)"),
        (
            "Error: 1 SSL routines:OPENSSL_internal:BAD_THING at /a/build/ssl/x.cc:12])",
            "Error: 1 SSL routines:OPENSSL_internal:BAD_THING])"
        ),
        ("Channel is in a transient failure state and 'wait for ready' isn't enabled. Gone.", "Gone."),
        ("OPENSSL_internal:WRONG_VERSION_NUMBER at /a.cc:1", "it does not speak TLS"),
    ])
    func words(text: String, words: String) {
        #expect(ConnectionTrouble.words(for: text) == words)
    }
}
