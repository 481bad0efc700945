import FoundationEssentials
import Platform

/// Keys for a role, in exchange for a token that the platform has put into a file (AssumeRoleWithWebIdentity of AWS' STS).
struct WebIdentity {
    let role: String
    let tokenFile: String
    let session: String
    let endpoint: String
    let client: HTTPClient

    /// - Throws: `AudioStoreError`.
    func credentials(cancellation: CancellationFlag) throws -> S3Credentials {
        guard let token = try? String(contentsOfFile: tokenFile, encoding: .utf8) else {
            throw AudioStoreError(
                code: .configuration, message: "AWS_WEB_IDENTITY_TOKEN_FILE: can't read '\(tokenFile)'")
        }
        let query = [
            ("Action", "AssumeRoleWithWebIdentity"), ("RoleArn", role), ("RoleSessionName", session),
            ("Version", "2011-06-15"), ("WebIdentityToken", String(token.filter { !$0.isWhitespace })),
        ].map { "\($0)=\(PercentEncoding.encode($1))" }.joined(separator: "&")
        var request = HTTPRequest("POST", url: endpoint + "/")
        request.headers = [("Content-Type", "application/x-www-form-urlencoded"), ("Accept", "application/xml")]
        request.body = Array(query.utf8)
        var bytes: [UInt8] = []
        let response = try client.perform(
            request, about: endpoint, cancellation: cancellation,
            sink: { chunk in
                guard bytes.count + chunk.count <= HTTPResponse.messageLimit else { throw malformed }
                bytes += chunk
            })
        guard response.isSuccess else {
            throw HTTPFailure.error(response, "keys for \(role)", detail: S3Answer.errorCode(response.message))
        }
        let values = XMLText(bytes)
        guard let accessKey = values.first("AccessKeyId"), let secretKey = values.first("SecretAccessKey"),
            let sessionToken = values.first("SessionToken")
        else { throw malformed }
        let expiration = values.first("Expiration").flatMap { try? Date($0, strategy: .iso8601) }
        return S3Credentials(
            accessKey: accessKey, secretKey: secretKey, sessionToken: sessionToken,
            expiration: expiration ?? Date().addingTimeInterval(900))
    }

    private var malformed: AudioStoreError {
        AudioStoreError(code: .unavailable, message: "\(endpoint) answered without keys for \(role)")
    }
}
