import FoundationEssentials
import Platform
import Synchronization

/// Where the keys come from: the environment, a role that the platform's token stands for (web identity, as Kubernetes
/// gives it to a pod), or the file that AWS' own tools read.
final class CredentialSource: Sendable {
    private let environment: [String: String]
    private let region: String
    private let stsEndpoint: String?
    private let client: HTTPClient
    private let state = Mutex<S3Credentials?>(nil)
    /// Held while keys are fetched: one fetches, the others wait.
    private let fetching = Mutex(())

    /// Keys are fetched anew so long before they expire.
    private static let margin: TimeInterval = 300

    init(environment: [String: String], region: String, stsEndpoint: String?, client: HTTPClient) {
        self.environment = environment
        self.region = region
        self.stsEndpoint = stsEndpoint
        self.client = client
    }

    /// The keys that hold now. May block the thread for a request.
    /// - Throws: `AudioStoreError` (configuration) where there are none.
    func credentials(cancellation: CancellationFlag) throws -> S3Credentials {
        if let current = current() { return current }
        return try fetching.withLock { _ in
            if let current = current() { return current }
            let new = try find(cancellation)
            state.withLock { $0 = new }
            return new
        }
    }

    private func current() -> S3Credentials? {
        state.withLock { credentials in
            guard let expiration = credentials?.expiration else { return credentials }
            return expiration.timeIntervalSinceNow > Self.margin ? credentials : nil
        }
    }

    private func find(_ cancellation: CancellationFlag) throws -> S3Credentials {
        if let accessKey = value("AWS_ACCESS_KEY_ID"), let secretKey = value("AWS_SECRET_ACCESS_KEY") {
            return S3Credentials(
                accessKey: accessKey, secretKey: secretKey, sessionToken: value("AWS_SESSION_TOKEN"))
        }
        if let role = value("AWS_ROLE_ARN"), let tokenFile = value("AWS_WEB_IDENTITY_TOKEN_FILE") {
            return try WebIdentity(
                role: role, tokenFile: tokenFile, session: value("AWS_ROLE_SESSION_NAME") ?? "dragoman",
                endpoint: stsEndpoint ?? "https://sts.\(region).amazonaws.com", client: client
            ).credentials(cancellation: cancellation)
        }
        let path = value("AWS_SHARED_CREDENTIALS_FILE") ?? (value("HOME") ?? "") + "/.aws/credentials"
        let profile = value("AWS_PROFILE") ?? "default"
        if let text = try? String(contentsOfFile: path, encoding: .utf8) {
            if let credentials = SharedCredentials(text).credentials(of: profile) { return credentials }
            throw AudioStoreError(
                code: .configuration, message: "\(path) has no keys for the profile '\(profile)'")
        }
        throw AudioStoreError(
            code: .configuration,
            message: "no keys for S3: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_ROLE_ARN and "
                + "AWS_WEB_IDENTITY_TOKEN_FILE, or write \(path)")
    }

    private func value(_ name: String) -> String? {
        environment[name].flatMap { $0.isEmpty ? nil : $0 }
    }
}
