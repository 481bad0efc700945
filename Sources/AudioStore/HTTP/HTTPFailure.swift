import Foundation

/// What an answer without success means.
enum HTTPFailure {
    /// Nobody is asked to wait longer.
    private static let longestRetryAfter = Duration.seconds(3600)

    /// - Parameters:
    ///   - subject: what was asked for, for messages.
    ///   - detail: what the server says in its own words, such as S3's error code.
    static func error(_ response: HTTPResponse, _ subject: String, detail: String? = nil) -> AudioStoreError {
        let said = "the server says \(response.status)" + (detail.map { " (\($0))" } ?? "")
        switch response.status {
        case 404, 410:
            return AudioStoreError(code: .notFound, message: "'\(subject)' is not there: \(said)")
        case 401, 403, 407:
            return AudioStoreError(code: .notReadable, message: "'\(subject)' may not be read: \(said)")
        case 408, 425, 429, 500..<600:
            return AudioStoreError(
                code: .unavailable, message: "'\(subject)' can't be had for now: \(said)",
                retryAfter: retryAfter(response))
        default:
            return AudioStoreError(code: .notReadable, message: "'\(subject)' can't be read: \(said)")
        }
    }

    /// Seconds, or a date.
    static func retryAfter(_ response: HTTPResponse, now: Date = Date()) -> Duration? {
        guard let text = response.headers["retry-after"] else { return nil }
        if let seconds = Int(text) { return seconds < 0 ? nil : min(.seconds(seconds), longestRetryAfter) }
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = TimeZone(secondsFromGMT: 0)
        formatter.dateFormat = "EEE, dd MMM yyyy HH:mm:ss zzz"
        guard let date = formatter.date(from: text) else { return nil }
        return min(max(.zero, .seconds(date.timeIntervalSince(now))), longestRetryAfter)
    }
}
