import Coordinator
import Dispatch
import Platform

/// Makes the lines of results on all processors and writes them in order, a window of results at a time.
enum ParallelLines {
    private static let resultsPerBlock = 500

    /// - Parameters:
    ///   - line: makes the line of a result.
    ///   - output: takes many lines at a time.
    static func write(
        _ results: [GatheredResult], line: @Sendable (GatheredResult) throws -> String,
        to output: ([UInt8]) throws -> Void
    ) throws {
        let window = resultsPerBlock * Processors.available * 2
        for start in stride(from: 0, to: results.count, by: window) {
            let part = results[start..<min(start + window, results.count)]
            for block in blocks(part, line: line) { try output(block.get()) }
        }
    }

    private static func blocks(
        _ results: ArraySlice<GatheredResult>, line: @Sendable (GatheredResult) throws -> String
    ) -> [Result<[UInt8], any Error>] {
        let count = (results.count + resultsPerBlock - 1) / resultsPerBlock
        return Array(unsafeUninitializedCapacity: count) { blocks, initializedCount in
            // Each iteration writes an element of its own.
            nonisolated(unsafe) let start = blocks.baseAddress
            DispatchQueue.concurrentPerform(iterations: count) { index in
                let first = results.startIndex + index * resultsPerBlock
                let block = Result {
                    var bytes: [UInt8] = []
                    for result in results[first..<min(first + resultsPerBlock, results.endIndex)] {
                        bytes += try line(result).utf8
                        bytes.append(UInt8(ascii: "\n"))
                    }
                    return bytes
                }
                if let start { (start + index).initialize(to: block) }
            }
            initializedCount = count
        }
    }
}
