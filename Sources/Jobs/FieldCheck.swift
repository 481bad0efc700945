/// The checks that several fields share. Every error begins with the field's name in the schema.
struct FieldCheck {
    /// The field's name, such as `audio.uri`.
    let field: String
    /// The code its errors carry.
    var code = JobsError.Code.invalidField

    func fail(_ expected: String) -> JobsError {
        JobsError(code, "\(field): \(expected)")
    }

    func id(_ id: String) throws(JobsError) {
        let bytes = id.utf8
        let isValid =
            bytes.count <= JobLimits.idLength && bytes.first?.isLetterOrDigit == true
            && bytes.allSatisfy { UInt8.isNameCharacter($0) || $0 == UInt8(ascii: ":") }
        guard isValid else {
            throw fail(
                "expected 1 to \(JobLimits.idLength) letters, digits, '.', '_', '-' and ':', "
                    + "beginning with a letter or digit")
        }
    }

    func text(_ text: String, limit: Int = JobLimits.nameLength) throws(JobsError) {
        guard text.utf8.count <= limit else { throw fail("expected at most \(limit) bytes") }
        guard !text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else {
            throw fail("expected text without control characters")
        }
    }

    /// Only what makes it an absolute URI: the rest is for who fetches it to judge.
    func uri(_ uri: String) throws(JobsError) {
        guard !uri.isEmpty else { throw fail("missing; expected an absolute URI such as file:///data/a.wav") }
        try text(uri, limit: JobLimits.uriLength)
        let scheme = uri.utf8.prefix { $0 != UInt8(ascii: ":") }
        let isAbsolute =
            scheme.count < uri.utf8.count && scheme.first?.isLetterOrDigit == true
            && scheme.allSatisfy { $0.isLetterOrDigit || "+-.".utf8.contains($0) }
        guard isAbsolute else {
            throw fail("expected an absolute URI such as file:///data/a.wav, not '\(uri.prefix(100))'")
        }
    }

    func seconds(_ seconds: Double) throws(JobsError) {
        guard seconds.isFinite, seconds >= 0 else { throw fail("expected seconds, 0 or more, not \(seconds)") }
    }

    func range<Value: Comparable>(_ value: Value, _ range: ClosedRange<Value>) throws(JobsError) {
        guard range.contains(value) else {
            throw fail("expected \(range.lowerBound) to \(range.upperBound), not \(value)")
        }
    }
}
