import FoundationEssentials
import SwiftProtobuf

extension Google_Protobuf_Timestamp {
    /// `nil` outside the years 1 to 9999, which is all that a timestamp may hold.
    var dateInRange: Date? {
        guard (-62_135_596_800...253_402_300_799).contains(seconds), (0..<1_000_000_000).contains(nanos) else {
            return nil
        }
        return Date(timeIntervalSince1970: Double(seconds) + Double(nanos) / 1e9)
    }
}
