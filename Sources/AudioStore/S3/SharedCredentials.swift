/// The file of keys that AWS' own tools read: `[profile]`, and `name = value` on each line.
struct SharedCredentials {
    private var profiles: [String: [String: String]] = [:]

    init(_ text: String) {
        var profile = ""
        for line in text.split(whereSeparator: \.isNewline) {
            let line = Self.trimmed(line)
            if line.hasPrefix("#") || line.hasPrefix(";") { continue }
            if line.hasPrefix("["), let end = line.firstIndex(of: "]") {
                profile = Self.trimmed(line[line.index(after: line.startIndex)..<end])
            } else if let equals = line.firstIndex(of: "=") {
                profiles[profile, default: [:]][Self.trimmed(line[..<equals])] =
                    Self.trimmed(line[line.index(after: equals)...])
            }
        }
    }

    func credentials(of profile: String) -> S3Credentials? {
        guard let values = profiles[profile], let accessKey = values["aws_access_key_id"],
            let secretKey = values["aws_secret_access_key"]
        else { return nil }
        return S3Credentials(
            accessKey: accessKey, secretKey: secretKey, sessionToken: values["aws_session_token"])
    }

    private static func trimmed(_ text: some StringProtocol) -> String {
        String(text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
}
