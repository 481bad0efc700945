/// What S3 says in the contents of its answers.
enum S3Answer {
    /// The code of an error, such as `SignatureDoesNotMatch`.
    static func errorCode(_ message: [UInt8]) -> String? {
        let texts = XMLText(message)
        guard let code = texts.first("Code"), code.utf8.count <= 100, code.allSatisfy({ $0.isLetter || $0 == "." })
        else { return nil }
        // 'Request has expired' is all that tells an old link from a wrong one.
        let explanation = texts.first("Message").flatMap { $0.containsIgnoringCase("expired") }
        return explanation == true ? code + ", expired" : code
    }

    /// What an answer without success means.
    static func error(_ response: HTTPResponse, _ subject: String, region: String) -> AudioStoreError {
        let code = errorCode(response.message)
        switch (response.status, code) {
        case (301, _), (307, _), (400, "AuthorizationHeaderMalformed"):
            return AudioStoreError(
                code: .configuration,
                message: "'\(subject)' is in another region than \(region): set storage.s3.region")
        case (_, "RequestTimeTooSkewed"):
            return AudioStoreError(
                code: .unavailable, message: "'\(subject)': this machine's clock differs too much from the storage's")
        case (_, "SlowDown"), (_, "RequestTimeout"), (_, "InternalError"), (_, "ServiceUnavailable"):
            return AudioStoreError(
                code: .unavailable, message: "'\(subject)' can't be had for now (\(code ?? ""))",
                retryAfter: HTTPFailure.retryAfter(response))
        default:
            return HTTPFailure.error(response, subject, detail: code)
        }
    }
}

extension String {
    fileprivate func containsIgnoringCase(_ text: String) -> Bool { lowercased().contains(text) }
}
