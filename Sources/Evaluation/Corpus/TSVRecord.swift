/// A line of a table as pandas writes it without quotation marks: fields between tabs, and a backslash before a character
/// that is to be taken as it is.
enum TSVRecord {
    /// Takes a line apart.
    static func fields(_ line: String) -> [String] {
        let line = line.hasSuffix("\r") ? line.dropLast() : line[...]
        var fields = [String.UnicodeScalarView()]
        var isEscaped = false
        for scalar in line.unicodeScalars {
            if isEscaped {
                fields[fields.count - 1].append(scalar)
                isEscaped = false
            } else if scalar == "\\" {
                isEscaped = true
            } else if scalar == "\t" {
                fields.append(String.UnicodeScalarView())
            } else {
                fields[fields.count - 1].append(scalar)
            }
        }
        return fields.map(String.init)
    }
}
