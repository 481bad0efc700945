import ArgumentParser
import Compute
import Foundation

/// Measures the products with packed weights: a handful of rows beside the memory's bandwidth, many beside OpenBLAS.
struct KernelBenchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "kernels", abstract: "Measure the matrix kernels; medians, each beside its limit.")

    @Option(help: "Threads that compute.") var threads = 2
    @Option(help: "Measurements of which the median is taken.") var rounds = 7

    private static let shapes = [(1024, 1024), (4096, 1024), (1024, 4096)]
    private static let vocabulary = (250_054, 1024)
    // Weights are read from so much memory in turn, so that no cache holds them.
    private static let weightBytes = 512 << 20

    func run() throws {
        let set = try InstructionSet.select(environment: ProcessInfo.processInfo.environment)
        let context = try ComputeContext(threads: threads, instructionSet: set)
        print("kernels \(set.rawValue), \(ComputeContext.blasDescription), threads \(threads), rounds \(rounds)")
        measureManyRows(context)
        measureFewRows(context)
    }

    private func measureManyRows(_ context: ComputeContext) {
        let rows = 512
        print("\n\(rows) rows, GOP/s and times OpenBLAS float32")
        for (columns, depth) in Self.shapes {
            let x = numbers(rows * depth), w = numbers(columns * depth)
            let y = Matrix(rows: rows, columns: columns)
            let operations = 2e-9 * Double(rows * columns * depth)
            let matrices = WeightPrecision.allCases.map {
                PackedMatrix(precision: $0, columns: columns, depth: depth, packing: w.pointer)
            }
            // By turns, so that all have the same share of whatever else the machine does.
            var times = [[Double]](repeating: [], count: matrices.count + 1)
            for _ in 0..<rounds {
                for (index, matrix) in matrices.enumerated() {
                    times[index].append(
                        seconds { context.multiply(x.pointer, rows: rows, by: matrix, bias: nil, into: y.pointer) })
                }
                times[matrices.count].append(
                    seconds {
                        context.multiply(
                            x.pointer, rows: rows, k: depth, by: w.pointer, columns: columns, bias: nil, into: y.pointer
                        )
                    })
            }
            let medians = times.map(median)
            let reference = medians[matrices.count]
            var line = "\(columns)x\(depth)".padding(12) + "OpenBLAS \(number(operations / reference))"
            for (matrix, time) in zip(matrices, medians) {
                line += "  \(matrix.precision.rawValue) \(number(operations / time)) (\(number(reference / time, 2))x)"
            }
            print(line)
        }
    }

    private func measureFewRows(_ context: ComputeContext) {
        print("\na few rows: µs, GB/s of weights, share of the bandwidth measured before and after each")
        let memory = WeightMemory(byteCount: Self.weightBytes)
        for precision in WeightPrecision.allCases {
            for (columns, depth) in Self.shapes + [Self.vocabulary] {
                let bytes = PackedMatrix.panelByteCount(precision: precision, columns: columns, depth: depth)
                let scaleCount = PackedMatrix.scaleCount(precision: precision, columns: columns, depth: depth)
                guard bytes <= Self.weightBytes else { continue }
                let matrices = stride(from: 0, through: Self.weightBytes - bytes, by: bytes).map {
                    memory.matrix(precision, columns: columns, depth: depth, at: $0)
                }
                let read = Double((bytes + 4 * scaleCount) * matrices.count) / 1e9
                for rows in [1, 5, 8, 14] {
                    let x = numbers(rows * depth), y = Matrix(rows: rows, columns: columns)
                    var shares: [Double] = [], times: [Double] = []
                    for _ in 0..<rounds {
                        let before = memory.readSeconds(context, threads)
                        let time = seconds {
                            for matrix in matrices {
                                context.multiply(x.pointer, rows: rows, by: matrix, bias: nil, into: y.pointer)
                            }
                        }
                        let limit =
                            Double(Self.weightBytes) / 1e9 / ((before + memory.readSeconds(context, threads)) / 2)
                        times.append(time)
                        shares.append(read / time / limit)
                    }
                    let time = median(times)
                    print(
                        precision.rawValue.padding(13) + "\(columns)x\(depth)".padding(12) + "rows \(rows)".padding(8)
                            + number(time / Double(matrices.count) * 1e6).padding(10)
                            + "\(number(read / time)) GB/s".padding(11) + "\(number(100 * median(shares), 0))%")
                }
            }
        }
    }

    private func numbers(_ count: Int) -> Matrix {
        let matrix = Matrix(rows: 1, columns: count)
        for index in 0..<count { matrix.pointer[index] = Float(index * 7919 % 2003) / 1000 - 1 }
        return matrix
    }
}

/// Memory full of weights whose values don't matter.
private final class WeightMemory {
    private let bytes: UnsafeMutableRawBufferPointer
    private let scales: UnsafeMutablePointer<UInt16>

    init(byteCount: Int) {
        bytes = .allocate(byteCount: byteCount, alignment: 4096)
        // Small, and no denormal numbers in any precision.
        bytes.bindMemory(to: UInt32.self).update(repeating: 0x3a83_3a83)
        scales = .allocate(capacity: byteCount / 32)
        scales.update(repeating: 0x3a83, count: byteCount / 32)
    }

    deinit {
        bytes.deallocate()
        scales.deallocate()
    }

    func matrix(_ precision: WeightPrecision, columns: Int, depth: Int, at offset: Int) -> PackedMatrix {
        PackedMatrix(
            precision: precision, columns: columns, depth: depth,
            panels: UnsafeRawPointer(bytes.baseAddress ?? UnsafeMutableRawPointer(scales)) + offset,
            scales: precision == .int8 || precision == .int8Grouped ? UnsafePointer(scales) + offset / 32 : nil,
            owner: self)
    }

    /// How long it takes to read all of it.
    func readSeconds(_ context: ComputeContext, _ threads: Int) -> Double {
        let words = bytes.bindMemory(to: SIMD8<UInt64>.self)
        let size = words.count / threads
        return seconds {
            context.pool.run(chunks: threads) { chunk in
                let part = UnsafeBufferPointer(rebasing: UnsafeBufferPointer(words)[chunk * size..<(chunk + 1) * size])
                var sums = (SIMD8<UInt64>(), SIMD8<UInt64>())
                for index in stride(from: 0, to: size - 1, by: 2) {
                    sums.0 &+= part[index]
                    sums.1 &+= part[index + 1]
                }
                // A use of the sums, so that they are computed.
                precondition((sums.0 &+ sums.1).wrappedSum() != 1)
            }
        }
    }
}

private func seconds(_ body: () -> Void) -> Double {
    let duration = ContinuousClock().measure(body)
    return Double(duration.components.seconds) + Double(duration.components.attoseconds) * 1e-18
}

private func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }

private func number(_ value: Double, _ digits: Int = 1) -> String { String(format: "%.\(digits)f", value) }

extension String {
    fileprivate func padding(_ width: Int) -> String {
        padding(toLength: max(width, count), withPad: " ", startingAt: 0)
    }
}
