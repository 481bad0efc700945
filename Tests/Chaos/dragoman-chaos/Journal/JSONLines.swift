import Foundation

/// Files with one JSON object a line.
enum JSONLines {
    /// Reads a file; a last line that was cut short is left out.
    /// - Throws: ``ChaosError`` naming the file and the first line that can't be read.
    static func read<Element: Decodable>(_ type: Element.Type = Element.self, path: String) throws -> [Element] {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw ChaosError("\(path): can't be read; is it the folder of a run?")
        }
        let decoder = JSONDecoder()
        var elements: [Element] = []
        for (index, line) in data.wholeLines.enumerated() {
            do {
                elements.append(try decoder.decode(type, from: line))
            } catch {
                throw ChaosError("\(path), line \(index + 1): \(error)")
            }
        }
        return elements
    }
}

extension Data {
    /// Its lines, less the last one where that does not end.
    var wholeLines: [Data] {
        let end = lastIndex(of: UInt8(ascii: "\n")) ?? startIndex
        return self[startIndex..<end].split(separator: UInt8(ascii: "\n"))
    }
}
