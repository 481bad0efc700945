import SwiftProtobuf

extension TranslationResult.Status {
    /// The status' name in the schema, such as `TOO_SHORT`; its number where this version has no name for it.
    public var schemaName: String { Jobs.schemaName(of: self) }
}

extension JobError.Reason {
    /// The reason's name in the schema, such as `AUDIO_NOT_FOUND`; its number where this version has no name for it.
    public var schemaName: String { Jobs.schemaName(of: self) }
}

extension ResultSegment.Remark {
    /// The remark's name in the schema, such as `NON_SPEECH`; its number where this version has no name for it.
    public var schemaName: String { Jobs.schemaName(of: self) }
}

/// SwiftProtobuf keeps the names to itself, but its generator makes each case's name from them: `tooShort` is
/// `TOO_SHORT`. Holds for enumerations whose values don't begin with the enumeration's own name.
private func schemaName<Value: SwiftProtobuf.Enum & CaseIterable>(of value: Value) -> String {
    guard Value.allCases.contains(value) else { return String(value.rawValue) }
    return String(describing: value).reduce(into: "") { name, character in
        if character.isUppercase { name.append("_") }
        name += character.uppercased()
    }
}
