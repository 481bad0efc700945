import ArgumentParser
import Jobs

/// Where recordings are cut, as it is written on the command line.
enum SegmentationMethodArgument: String, ExpressibleByArgument, CaseIterable {
    case whole, pauses, fixed
    case divideAndConquer = "divide-and-conquer"

    var inJob: JobSegmentation.Method {
        switch self {
        case .whole: .whole
        case .pauses: .pauses
        case .divideAndConquer: .divideAndConquer
        case .fixed: .fixed
        }
    }
}
