import Foundation

/// When the independent client had what.
struct Sightings {
    private let byFile: [String: [Sighting]]

    init(_ sightings: [Sighting]) {
        byFile = Dictionary(grouping: sightings, by: \.file)
    }

    /// The first time a file was seen to reach so far; never is the end of all times.
    func time(of end: UInt64, in path: String) -> Int64 {
        guard let sightings = byFile[URL(filePath: path).lastPathComponent] else { return .max }
        // They rise, so the first that is far enough can be searched for.
        var range = sightings.startIndex..<sightings.endIndex
        while !range.isEmpty {
            let middle = range.lowerBound + range.count / 2
            if sightings[middle].bytes >= end {
                range = range.lowerBound..<middle
            } else {
                range = (middle + 1)..<range.upperBound
            }
        }
        return range.lowerBound < sightings.endIndex ? sightings[range.lowerBound].time : .max
    }
}
