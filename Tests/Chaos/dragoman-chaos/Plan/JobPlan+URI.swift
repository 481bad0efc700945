extension JobPlan {
    private static let scheme = "chaos:"

    /// The plan as an audio URI.
    var uri: String {
        var items = ["sleep=\(sleep)"]
        if fetch > 0 { items.append("fetch=\(fetch)") }
        if let firstSleep { items.append("first-sleep=\(firstSleep)") }
        if let firstFetch { items.append("first-fetch=\(firstFetch)") }
        if let audio { items.append("audio=\(audio)") }
        switch trouble {
        case .none, .unreadable: break
        case .reject: items.append("reject")
        case .missing: items.append("missing")
        case .flaky(let times): items.append("flaky=\(times)")
        case .poison(let times): items.append("poison=\(times.map(String.init) ?? "always")")
        case .hang: items.append("hang")
        case .deaf: items.append("deaf")
        }
        return "\(Self.scheme)\(id)?\(items.joined(separator: "&"))"
    }

    /// Reads an audio URI.
    /// - Returns: `nil` for what is not a plan.
    init?(uri: some StringProtocol) {
        guard uri.hasPrefix(Self.scheme) else { return nil }
        let parts = uri.dropFirst(Self.scheme.count).split(
            separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        guard let id = parts.first, !id.isEmpty else { return nil }
        self.init(id: String(id))
        for item in parts.dropFirst().first?.split(separator: "&") ?? [] {
            let pair = item.split(separator: "=", maxSplits: 1)
            let value = pair.dropFirst().first.map { String($0) } ?? ""
            switch pair.first {
            case "sleep": sleep = Int(value) ?? sleep
            case "fetch": fetch = Int(value) ?? fetch
            case "first-sleep": firstSleep = Int(value)
            case "first-fetch": firstFetch = Int(value)
            case "audio": audio = Int(value)
            case "reject": trouble = .reject
            case "missing": trouble = .missing
            case "flaky": trouble = .flaky(times: Int(value) ?? 1)
            case "poison": trouble = .poison(times: Int(value))
            case "hang": trouble = .hang
            case "deaf": trouble = .deaf
            default: return nil
            }
        }
    }
}
