#if canImport(Glibc)
import Glibc
#endif

extension Double {
    /// The number with so many decimals, as C's printf and Python round it: to even where it is half-way.
    public func fixed(_ decimals: Int) -> String {
        withVaList([Int32(clamping: decimals), self]) { arguments in
            // The largest number has 309 digits before the point.
            var buffer = [CChar](repeating: 0, count: 330 + max(0, decimals))
            let length = vsnprintf(&buffer, buffer.count, "%.*f", arguments)
            return String(decoding: buffer.prefix(max(0, Int(length))).map(UInt8.init(bitPattern:)), as: UTF8.self)
        }
    }
}
