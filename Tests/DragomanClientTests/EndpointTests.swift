import DragomanClient
import Testing

@Suite struct EndpointTests {
    @Test(
        arguments: [
            ("gateway.internal:8443", "gateway.internal:8443"), ("localhost:1", "localhost:1"),
            ("127.0.0.1:65535", "127.0.0.1:65535"), ("[::1]:80", "[::1]:80"),
            ("[fe80::1%eth0]:80", "[fe80::1%eth0]:80"),
            ("dns:///a-b_c.d:80", "a-b_c.d:80"), ("dns:a:80", "a:80"), ("unix:/run/g.sock", "unix:/run/g.sock"),
            ("unix:///run/g.sock", "unix:/run/g.sock"), ("unix:g.sock", "unix:g.sock"),
        ])
    func good(text: String, description: String) throws {
        #expect(try Endpoint(text).description == description)
        #expect(try Endpoint(description) == Endpoint(text))
    }

    @Test(
        arguments: [
            "", "gateway", "gateway:", ":80", "gateway:0", "gateway:65536", "gateway:x", "::1:80", "[::1]", "[]:80",
            "[gateway]:80", "https://gateway:80", "dns://8.8.8.8/gateway:80", "unix:", "unix://", "a b:80", "a:80/x",
        ])
    func bad(text: String) {
        let error = #expect(throws: DragomanError.self) { try Endpoint(text) }
        #expect(error?.code == .configuration && error?.message.hasPrefix("'\(text)' is not") == true)
        #expect(error?.isRetriable == false)
    }
}
