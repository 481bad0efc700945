import FoundationEssentials
import SwiftProtobuf

extension TranslationJob {
    /// ``submitTime`` as a date; `nil` without one, or for a time outside the years 1 to 9999.
    public var submitDate: Date? {
        get { hasSubmitTime ? submitTime.dateInRange : nil }
        set { if let newValue { submitTime = Google_Protobuf_Timestamp(date: newValue) } else { clearSubmitTime() } }
    }

    /// ``deadline`` as a date; `nil` without one, or for a time outside the years 1 to 9999.
    public var deadlineDate: Date? {
        get { hasDeadline ? deadline.dateInRange : nil }
        set { if let newValue { deadline = Google_Protobuf_Timestamp(date: newValue) } else { clearDeadline() } }
    }
}

extension TranslationResult {
    /// ``finishTime`` as a date; `nil` without one, or for a time outside the years 1 to 9999.
    public var finishDate: Date? {
        get { hasFinishTime ? finishTime.dateInRange : nil }
        set { if let newValue { finishTime = Google_Protobuf_Timestamp(date: newValue) } else { clearFinishTime() } }
    }
}

extension Release {
    /// ``time`` as a date; `nil` without one, or for a time outside the years 1 to 9999.
    public var date: Date? {
        get { hasTime ? time.dateInRange : nil }
        set { if let newValue { time = Google_Protobuf_Timestamp(date: newValue) } else { clearTime() } }
    }
}

extension BatchRecord {
    /// ``submitTime`` as a date; `nil` without one, or for a time outside the years 1 to 9999.
    public var submitDate: Date? {
        get { hasSubmitTime ? submitTime.dateInRange : nil }
        set { if let newValue { submitTime = Google_Protobuf_Timestamp(date: newValue) } else { clearSubmitTime() } }
    }

    /// ``finishTime`` as a date; `nil` without one, or for a time outside the years 1 to 9999.
    public var finishDate: Date? {
        get { hasFinishTime ? finishTime.dateInRange : nil }
        set { if let newValue { finishTime = Google_Protobuf_Timestamp(date: newValue) } else { clearFinishTime() } }
    }
}

extension Google_Protobuf_Timestamp {
    /// Years 1 to 9999, which is all that a timestamp may hold. What comes over the wire can hold anything, and
    /// SwiftProtobuf's own conversion traps on it.
    static let secondsRange: ClosedRange<Int64> = -62_135_596_800...253_402_300_799

    fileprivate var dateInRange: Date? {
        Google_Protobuf_Timestamp.secondsRange.contains(seconds) ? date : nil
    }
}
