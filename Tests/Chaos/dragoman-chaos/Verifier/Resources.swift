import Foundation

/// What the workers took of memory and descriptors over time.
struct Resources: Sendable {
    private struct Sample {
        let seconds: Double
        let residentMiB: Double
        let descriptors: Int
    }

    /// Buffers and pools fill at first: that is not growth.
    private static let warmUp = 60.0
    /// A line through less than this says nothing.
    private static let shortest = 120.0

    private let lives: [[Sample]]

    /// Reads a run's samples; none where there is no such file.
    init(path: String) {
        let data = FileManager.default.contents(atPath: path) ?? Data()
        var samples: [Substring: [Sample]] = [:]
        for line in String(decoding: data, as: UTF8.self).split(separator: "\n").dropFirst() {
            let fields = line.split(separator: ",")
            guard fields.count >= 4, let time = Double(fields[0]), let resident = Double(fields[2]),
                let descriptors = Int(fields[3])
            else { continue }
            samples[fields[1], default: []].append(
                Sample(seconds: time / 1e9, residentMiB: resident / 1024, descriptors: descriptors))
        }
        lives = samples.values.compactMap { life in
            guard let first = life.first, let last = life.last,
                last.seconds - first.seconds >= Self.warmUp + Self.shortest
            else { return nil }
            return life.filter { $0.seconds - first.seconds >= Self.warmUp }
        }
    }

    /// Median growth of the resident memory, in MiB an hour; `nil` where no process lived long enough.
    var residentSlope: Double? {
        let slopes = lives.map(Self.slope).sorted()
        return slopes.isEmpty ? nil : slopes[slopes.count / 2] * 3600
    }

    /// The most by which the number of a worker's descriptors went up and down.
    var descriptorSpread: Int? {
        lives.compactMap { life in
            life.map(\.descriptors).max().flatMap { most in life.map(\.descriptors).min().map { most - $0 } }
        }.max()
    }

    /// Least squares.
    private static func slope(_ samples: [Sample]) -> Double {
        let count = Double(samples.count)
        let meanTime = samples.reduce(0) { $0 + $1.seconds } / count
        let meanSize = samples.reduce(0) { $0 + $1.residentMiB } / count
        let spread = samples.reduce(0) { $0 + ($1.seconds - meanTime) * ($1.seconds - meanTime) }
        guard spread > 0 else { return 0 }
        return samples.reduce(0) { $0 + ($1.seconds - meanTime) * ($1.residentMiB - meanSize) } / spread
    }
}
