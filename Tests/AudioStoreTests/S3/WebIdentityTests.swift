import Foundation
import Platform
import TestSupport
import Testing

@testable import AudioStore

/// Keys in exchange for a token. No service that gives them is to be had here: the answer is AWS' documented one.
@Suite(.timeLimit(.minutes(5))) struct WebIdentityTests {
    @Test func keysForAToken() async throws {
        let folder = try TemporaryDirectory()
        let token = try folder.write(Array("the-token\n".utf8), to: "token")
        let server = try KeyServer(
            in: folder,
            answer: """
                <AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
                <AssumeRoleWithWebIdentityResult><Credentials><SessionToken>session</SessionToken>
                <SecretAccessKey>secret</SecretAccessKey><Expiration>2099-10-24T23:00:23Z</Expiration>
                <AccessKeyId>key</AccessKeyId></Credentials></AssumeRoleWithWebIdentityResult>
                </AssumeRoleWithWebIdentityResponse>
                """)
        let source = CredentialSource(
            environment: ["AWS_ROLE_ARN": "arn:aws:iam::1:role/r", "AWS_WEB_IDENTITY_TOKEN_FILE": token],
            region: "r", stsEndpoint: server.url, client: HTTPClient(policy: AddressPolicy(allowsPrivate: true)))
        let found = try await withThrowingTaskGroup(of: S3Credentials.self) { group in
            for _ in 0..<8 {
                group.addTask { try await BlockingCall.run { try source.credentials(cancellation: $0) } }
            }
            return try await group.reduce(into: Set()) { $0.insert($1) }
        }
        #expect(found.count == 1 && found.first?.accessKey == "key" && found.first?.sessionToken == "session")
        // All at once asked once.
        let requests = try server.requests
        #expect(requests.count == 1)
        #expect(
            requests.first?.contains(
                "Action=AssumeRoleWithWebIdentity&RoleArn=arn%3Aaws%3Aiam%3A%3A1%3Arole%2Fr&RoleSessionName=dragoman"
                    + "&Version=2011-06-15&WebIdentityToken=the-token") == true)
    }

    @Test func whatIsNoAnswer() async throws {
        let folder = try TemporaryDirectory()
        let token = try folder.write(Array("the-token".utf8), to: "token")
        let server = try KeyServer(in: folder, answer: "<Error/>")
        let source = CredentialSource(
            environment: ["AWS_ROLE_ARN": "role", "AWS_WEB_IDENTITY_TOKEN_FILE": token], region: "r",
            stsEndpoint: server.url, client: HTTPClient(policy: AddressPolicy(allowsPrivate: true)))
        let error = await #expect(throws: AudioStoreError.self) {
            try await BlockingCall.run { try source.credentials(cancellation: $0) }
        }
        #expect(error?.code == .unavailable && error?.message.contains("the-token") == false)
    }
}

/// Answers every POST alike, and writes down what it was asked.
private final class KeyServer: @unchecked Sendable {
    private static let script = """
        import http.server, pathlib, sys
        class Handler(http.server.BaseHTTPRequestHandler):
            def log_message(self, *arguments): pass
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                with open(sys.argv[2], "ab") as log: log.write(body + b"\\n")
                answer = pathlib.Path(sys.argv[1]).read_bytes()
                self.send_response(200)
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        print(server.server_port, flush=True)
        server.serve_forever()
        """

    let url: String
    private let log: String
    private let process: SpawnedProcess

    init(in folder: TemporaryDirectory, answer: String) throws {
        log = try folder.write([], to: "log")
        let pipe = Pipe()
        process = try SpawnedProcess(
            TestRequirement.variable("DRAGOMAN_TEST_PYTHON"),
            ["-c", Self.script, folder.write(Array(answer.utf8), to: "answer"), log], output: .pipe(pipe))
        var line = ""
        while let byte = try pipe.fileHandleForReading.read(upToCount: 1), byte != Data("\n".utf8) {
            line += String(decoding: byte, as: UTF8.self)
        }
        url = "http://127.0.0.1:\(line)"
    }

    var requests: [String] {
        get throws { try String(contentsOfFile: log, encoding: .utf8).split(separator: "\n").map(String.init) }
    }
}
