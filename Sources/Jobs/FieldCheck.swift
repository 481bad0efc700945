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

    func seconds(_ seconds: Double) throws(JobsError) {
        guard seconds.isFinite, seconds >= 0 else { throw fail("expected seconds, 0 or more, not \(seconds)") }
    }

    func range<Value: Comparable>(_ value: Value, _ range: ClosedRange<Value>) throws(JobsError) {
        guard range.contains(value) else {
            throw fail("expected \(range.lowerBound) to \(range.upperBound), not \(value)")
        }
    }
}
