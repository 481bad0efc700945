/// How well a published figure is known here.
public enum Evidence: String, Sendable, Codable, CaseIterable {
    /// From a publication that quotes the paper's figure.
    case quoted
    /// From memory. The figures of a row were checked against its averages, and nothing else could be.
    case recalled

    /// For tables: `c` or `r`.
    public var mark: String {
        switch self {
        case .quoted: "c"
        case .recalled: "r"
        }
    }

    /// For the foot of a table.
    public var explanation: String {
        switch self {
        case .quoted: "quoted by a later publication (Whisper, table 4; the model cards of ZeroSwot)"
        case .recalled: "recalled, and not compared with the paper but for the averages of each row"
        }
    }
}
