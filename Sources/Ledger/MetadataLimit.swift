/// How long a commit's metadata may be, in characters: what brokers take by default, and less where one refused that.
package struct MetadataLimit: Sendable, Hashable {
    /// Enough for one job at a time. A broker that takes less takes no ledger.
    package static let least = 64
    package static let standard = 4096
    private static let raise = 64

    package private(set) var characters = standard

    /// What brokers take by default.
    package init() {}

    /// A broker refused metadata of so many characters: half is tried next.
    package mutating func wasRefused(length: Int) {
        characters = max(min(characters, length) / 2, Self.least)
    }

    /// A broker took metadata of so many characters: a little more is tried next, since it may have refused for another
    /// reason.
    package mutating func wasAccepted(length: Int) {
        characters = min(max(characters + Self.raise, length), Self.standard)
    }
}
