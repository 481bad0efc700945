import Testing

@testable import TraceExport

@Suite struct TraceContextTests {
    private static let trace = "4bf92f3577b34da6a3ce929d0e0e4736"
    private static let span = "00f067aa0ba902b7"

    @Test(arguments: ["00-\(trace)-\(span)-01", "00-\(trace)-\(span)-00"])
    func roundTrips(header: String) throws {
        let context = try #require(TraceContext(parent: header, state: "a=1,b=2"))
        #expect(context.parent == header && context.state == "a=1,b=2")
        #expect(context.isSampled == header.hasSuffix("1"))
        let child = TraceContext.child(of: context)
        #expect(child.traceID == context.traceID && child.spanID != context.spanID && child.state == context.state)
        #expect(child.isSampled == context.isSampled)
    }

    /// A later version may have more behind, and flags that are not known.
    @Test func laterVersions() throws {
        let context = try #require(TraceContext(parent: "cc-\(Self.trace)-\(Self.span)-ff-what-comes", state: nil))
        #expect(context.parent == "00-\(Self.trace)-\(Self.span)-01")
    }

    @Test(arguments: [
        "", "00", "00-\(trace)-\(span)", "ff-\(trace)-\(span)-01", "00-\(trace)-\(span)-01-more",
        "00-\(trace.uppercased())-\(span)-01", "00-\(trace)-\(span)-0g", "00-\(trace.dropLast())-\(span)-01",
        "00-00000000000000000000000000000000-\(span)-01", "00-\(trace)-0000000000000000-01", "0-\(trace)-\(span)-01",
        "00-+\(trace.dropFirst())-\(span)-01", "00-\(trace)-ü\(span.dropFirst(2))-01", "00 \(trace) \(span) 01",
    ])
    func malformed(header: String) {
        #expect(TraceContext(parent: header, state: nil) == nil)
    }

    @Test func statesThatAreTooMuch() throws {
        for state in [String(repeating: "a", count: 513), "a=\n"] {
            #expect(try #require(TraceContext(parent: "00-\(Self.trace)-\(Self.span)-01", state: state)).state.isEmpty)
        }
    }

    @Test func newTraces() {
        let contexts = (0..<100).map { _ in TraceContext.child(of: nil) }
        #expect(Set(contexts.map(\.traceID)).count == 100 && contexts.allSatisfy { $0.isSampled && $0.spanID != 0 })
    }
}
