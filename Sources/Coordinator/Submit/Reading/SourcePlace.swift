/// Where a recording was named.
public struct SourcePlace: Sendable, Hashable, CustomStringConvertible {
    /// A file, or an argument.
    public let name: String
    /// The line in it, from 1; `nil` for an argument.
    public let line: Int?

    init(_ name: String, line: Int? = nil) {
        self.name = name
        self.line = line
    }

    /// `NAME:LINE`.
    public var description: String { line.map { "\(name):\($0)" } ?? name }
}
