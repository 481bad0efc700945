import Testing

@testable import Coordinator

@Suite struct GlobPatternTests {
    @Test(arguments: [
        ("*.wav", "a.wav", true), ("*.wav", ".wav", false), ("*.wav", "a.wav.txt", false), (".*", ".a", true),
        ("?.wav", "é.wav", true), ("?.wav", "ab.wav", false), ("a*b*c", "a-b-b-c", true), ("a*b*c", "a-c-b", false),
        ("**", "abc", true), ("[a-c]*", "beta", true), ("[a-c]*", "delta", false), ("[!a-c]*", "delta", true),
        ("[^a]x", "ax", false), ("[]]x", "]x", true), ("[x", "[x", true), ("[a-]", "-", true), ("[z-a]", "z", true),
        ("a\\*", "a*", true), ("a\\*", "ab", false), ("", "", true), ("*", "", true),
    ])
    func names(pattern: String, name: String, matches: Bool) {
        #expect(GlobPattern(pattern[...]).matches(name) == matches)
    }

    /// Backtracking into every star would take longer than the universe has been there.
    @Test func manyStarsTakeNoTime() {
        let pattern = String(repeating: "*a", count: 50) + "b"
        #expect(!GlobPattern(pattern[...]).matches(String(repeating: "a", count: 250)))
    }
}
