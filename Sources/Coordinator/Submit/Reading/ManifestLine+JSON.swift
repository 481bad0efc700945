import SwiftProtobuf

extension ManifestLine {
    private static let labelsKey = "labels"

    /// Takes all that a JSON object says; null means that it does not say.
    mutating func set(_ object: Google_Protobuf_Struct) throws(Failure) {
        // Sorted, so that of several faults it is always the same that is reported.
        for (name, value) in object.fields.sorted(by: { $0.key < $1.key }) {
            if name == Self.labelsKey {
                try setLabels(value)
            } else if let column = ManifestColumn(name: name) {
                try set(column, value)
            } else {
                throw ManifestReader.unknown("key", name)
            }
        }
    }

    private mutating func set(_ column: ManifestColumn, _ value: Google_Protobuf_Value) throws(Failure) {
        switch value.kind {
        case .nullValue: break
        case .numberValue(let seconds) where column.isNumber: set(column, seconds)
        case .stringValue(let text) where !column.isNumber: try set(column, text)
        default:
            throw Failure(message: "\(column.name): expected \(column.isNumber ? "a number of seconds" : "a string")")
        }
    }

    private mutating func setLabels(_ value: Google_Protobuf_Value) throws(Failure) {
        switch value.kind {
        case .nullValue: break
        case .structValue(let labels):
            for (key, value) in labels.fields { try set(.label(key), value) }
        default: throw Failure(message: "labels: expected an object of strings")
        }
    }
}
