#if canImport(Glibc)
import Glibc
#endif

/// How much text a terminal shows.
public struct TerminalSize: Sendable, Hashable {
    /// Characters on a line.
    public let columns: Int
    /// Lines.
    public let rows: Int

    /// Asks the terminal behind a descriptor; `nil` where there is none, or where it does not know.
    public init?(of descriptor: Int32) {
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 else { return nil }
        columns = Int(size.ws_col)
        rows = Int(size.ws_row)
    }
}
