/// The version of sacreBLEU whose scores, signatures and tests these are.
public enum SacreBLEU {
    /// As it stands in signatures.
    public static let version = "2.6.0"

    /// A signature: the settings that all metrics have, then a metric's own.
    static func signature(_ settings: [(String, String)], _ resampling: Resampling?) -> String {
        var all = [("nrefs", "1")]
        if let resampling {
            all += [("bs", String(resampling.count)), ("seed", String(resampling.seed))]
        }
        all += settings + [("version", version)]
        return all.map { "\($0):\($1)" }.joined(separator: "|")
    }
}
