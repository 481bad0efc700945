import Compute
import Synchronization

/// Measures ``MachineLimits``, within a fifth of a second.
final class MachineProbe: @unchecked Sendable {
    // @unchecked: the memory is written before anyone else has the object, and only read afterwards.

    // Far more than any cache holds, so that none of it is left there from the time before.
    private static let byteCount = 512 << 20
    private static let secondsPerPeak = 0.03

    private let pool: ThreadPool
    private let kernels: Kernels
    private let words: UnsafeMutableBufferPointer<SIMD8<UInt64>>
    private let roundsPerPeak: Int

    /// - Throws: `ComputeError` when the system refuses a thread.
    init(threads: Int, instructionSet: InstructionSet) throws {
        pool = try ThreadPool(threadCount: threads)
        kernels = try Kernels(instructionSet)
        words = .allocate(capacity: Self.byteCount / MemoryLayout<SIMD8<UInt64>>.stride)
        words.initialize(repeating: SIMD8(repeating: 1))
        roundsPerPeak = Self.rounds(kernels, seconds: Self.secondsPerPeak)
    }

    /// How many rounds of the float32 loop take so long.
    private static func rounds(_ kernels: Kernels, seconds: Double) -> Int {
        let rounds = 100_000
        let trials = (0..<3).map { _ in ContinuousClock().measure { _ = kernels.peakFloat32(rounds: rounds) } }
        return max(1, Int(Double(rounds) * seconds / max((trials.min() ?? .zero) / .seconds(1), 1e-6)))
    }

    deinit { words.deallocate() }

    /// Takes measurements, each on all threads.
    func measure() -> MachineLimits {
        MachineLimits(
            bandwidth: bandwidth(),
            float32: rate { [kernels, roundsPerPeak] in kernels.peakFloat32(rounds: roundsPerPeak) },
            bfloat16: rate { [kernels, roundsPerPeak] in kernels.peakBFloat16(rounds: roundsPerPeak) },
            int8: rate { [kernels, roundsPerPeak] in kernels.peakInt8(rounds: roundsPerPeak) })
    }

    /// Each thread adds up its part of the memory, in several places at a time: what is read next is then known early.
    private func bandwidth() -> Double {
        let size = words.count / pool.threadCount / 4
        let seconds = measure { [words, pool] in
            pool.run(chunks: pool.threadCount) { chunk in
                let start = chunk * size * 4
                var sums = SIMD8<UInt64>()
                for index in start..<start + size {
                    sums &+= words[index] &+ words[index + size]
                    sums &+= words[index + 2 * size] &+ words[index + 3 * size]
                }
                // A use of the sums, or they would not be computed.
                precondition(sums.wrappedSum() == UInt64(8 * 4 * size))
            }
        }
        return Double(4 * size * pool.threadCount * MemoryLayout<SIMD8<UInt64>>.stride) / seconds
    }

    /// Operations per second of all threads together.
    private func rate(_ operations: @Sendable () -> Int) -> Double {
        let done = Atomic(0)
        let seconds = measure {
            pool.run(chunks: pool.threadCount) { _ in done.add(operations(), ordering: .relaxed) }
        }
        return Double(done.load(ordering: .relaxed)) / seconds
    }

    private func measure(_ body: () -> Void) -> Double { ContinuousClock().measure(body) / .seconds(1) }
}
