import CRdkafka

#if canImport(Glibc)
import Glibc
#endif

extension KafkaConfiguration {
    /// Whether there is such a property in the librdkafka in use, by itself or, as `NAME.file`, with its value in a file.
    public static func isValidPropertyName(_ name: String) -> Bool {
        propertyNames.contains(name.hasSuffix(fileSuffix) ? String(name.dropLast(fileSuffix.count)) : name)
    }

    /// The property that a mistyped name was probably meant for, if there is one like it.
    public static func nearestPropertyName(to name: String) -> String? {
        if name.hasSuffix(fileSuffix) {
            return nearestPropertyName(to: String(name.dropLast(fileSuffix.count))).map { $0 + fileSuffix }
        }
        let name = name.lowercased().replacing("_", with: ".")
        // The beginning of a name is nearer to it than any misspelling.
        let ranked = propertyNames.map {
            (distance: $0.hasPrefix(name + ".") ? 1 : name.editDistance(to: $0), name: $0)
        }
        guard let nearest = ranked.min(by: <), nearest.distance <= max(2, name.utf8.count / 4) else { return nil }
        return nearest.name
    }

    /// All properties, aliases included.
    private static let propertyNames: Set<String> = {
        guard let table = crk_properties_table() else { return [] }
        defer { free(table) }
        // The table's rows are those with a column for the kind of client.
        let names = String(cString: table).split(separator: "\n").compactMap { line -> String? in
            let columns = line.split(separator: "|", maxSplits: 2).map { $0.trimmed() }
            guard columns.count == 3, ["*", "C", "P"].contains(columns[1]) else { return nil }
            return columns[0]
        }
        return Set(names)
    }()
}

extension Substring {
    fileprivate func trimmed() -> String { split(separator: " ").joined(separator: " ") }
}

extension String {
    /// How many bytes have to be changed, added or left out to get from one text to another.
    func editDistance(to other: String) -> Int {
        let target = Array(other.utf8)
        var previous = Array(0...target.count)
        for (row, byte) in utf8.enumerated() {
            var current = [row + 1]
            for (column, candidate) in target.enumerated() {
                let change = previous[column] + (byte == candidate ? 0 : 1)
                current.append(Swift.min(change, previous[column + 1] + 1, current[column] + 1))
            }
            previous = current
        }
        return previous[target.count]
    }
}
