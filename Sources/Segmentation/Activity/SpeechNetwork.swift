import CSileroVAD
import Checkpoint
import Compute
import Foundation

/// The network of Silero VAD 6 for 16 kHz: how likely it is that somebody speaks, for windows of 32 ms.
///
/// A window of 512 samples, with the 64 before it and 64 reflected behind it, becomes four spectra of 129 magnitudes; four
/// convolutions make one vector of 128 of them, which an LSTM cell takes in. All but the cell depends on the window alone
/// and is computed for many windows together, each with the bits it has alone.
final class SpeechNetwork: Sendable {
    /// Samples of a window.
    static let windowLength = 512
    /// Samples of the window before that a window is given.
    static let contextLength = 64
    /// Most windows that are computed together.
    static let batch = 64

    static let frames = 4
    static let frameLength = 256
    static let hop = 128
    static let bins = 129
    static let width = 128

    private let compute: ComputeContext
    private let fourier: LinearLayer
    private let convolutions: [LinearLayer]
    private let inputGates: LinearLayer
    private let recurrentGates: [Float]
    private let output: [Float]
    private let outputBias: Float

    /// Takes the weights out of the executable.
    /// - Throws: `CheckpointError`, `ComputeError`.
    init(environment: [String: String] = ProcessInfo.processInfo.environment) throws {
        let bytes = UnsafeRawBufferPointer(start: dragoman_silero_vad_bytes(), count: dragoman_silero_vad_size())
        let tensors = try EmbeddedTensors(bytes, name: "silero_vad_16k.safetensors")
        compute = try ComputeContext(threads: 1, instructionSet: .select(environment: environment))
        fourier = LinearLayer(
            try tensors.floats("stft_conv.weight", shape: [2 * Self.bins, 1, Self.frameLength]),
            depth: Self.frameLength)
        // Which of a kernel's three taps meet a frame and not the padding: in the third layer the last two, as its two
        // frames become one, in the fourth the middle one.
        convolutions = [
            try LinearLayer(tensors, convolution: "conv1", outputs: 128, inputs: Self.bins, taps: 0..<3),
            try LinearLayer(tensors, convolution: "conv2", outputs: 64, inputs: 128, taps: 0..<3),
            try LinearLayer(tensors, convolution: "conv3", outputs: 64, inputs: 64, taps: 1..<3),
            try LinearLayer(tensors, convolution: "conv4", outputs: Self.width, inputs: 64, taps: 1..<2),
        ]
        let gates = 4 * Self.width
        let biases = zip(
            try tensors.floats("lstm_cell.bias_ih", shape: [gates]),
            try tensors.floats("lstm_cell.bias_hh", shape: [gates]))
        inputGates = LinearLayer(
            try tensors.floats("lstm_cell.weight_ih", shape: [gates, Self.width]), bias: biases.map { $0 + $1 },
            depth: Self.width)
        recurrentGates = try tensors.floats("lstm_cell.weight_hh", shape: [gates, Self.width])
        output = try tensors.floats("final_conv.weight", shape: [1, Self.width, 1])
        outputBias = try tensors.floats("final_conv.bias", shape: [1])[0]
    }

    /// The probabilities of windows.
    /// - Parameters:
    ///   - samples: ``contextLength`` samples, then `count` windows.
    ///   - count: at most ``batch``.
    ///   - memory: what the windows before left; at first a new one.
    func probabilities(
        _ samples: UnsafePointer<Float>, count: Int, memory: borrowing SpeechMemory, into result: inout [Float]
    ) {
        encode(samples, count: count, memory)
        for window in 0..<count { result.append(step(memory.gates.row(window), memory)) }
    }

    /// All that depends on the windows alone, up to the share of the LSTM's gates that their vectors have.
    private func encode(_ samples: UnsafePointer<Float>, count: Int, _ memory: borrowing SpeechMemory) {
        let rows = count * Self.frames
        for window in 0..<count { memory.frame(samples + window * Self.windowLength, window) }
        apply(fourier, memory.framed, rows: rows, into: memory.spectra)
        for row in 0..<rows { memory.magnitude(row) }
        apply(convolutions[0], memory.first, rows: rows, into: memory.firstOutput)
        for window in 0..<count { memory.pair(window) }
        apply(convolutions[1], memory.second, rows: 2 * count, into: memory.secondOutput)
        apply(convolutions[2], memory.secondOutput, rows: count, into: memory.thirdOutput)
        apply(convolutions[3], memory.thirdOutput, rows: count, into: memory.vectors)
        apply(inputGates, memory.vectors, rows: count, into: memory.gates)
    }

    /// Applies a layer to rows, which follow each other, and a rectifier where it is a convolution with a bias.
    private func apply(_ layer: LinearLayer, _ x: borrowing Matrix, rows: Int, into y: borrowing Matrix) {
        layer.bias.withUnsafeBufferPointer { bias in
            compute.multiplyInPlaceSerially(
                x.pointer, rows: rows, stride: layer.weights.depth, by: layer.weights, bias: bias.baseAddress,
                into: y.pointer)
        }
        if layer.isRectified {
            compute.kernels.activate(.relu, y.pointer, count: rows * layer.weights.columns)
        }
    }

    /// One step of the LSTM cell, in PyTorch's order of gates (input, forget, cell, output), and the output layer.
    private func step(_ gates: UnsafeMutablePointer<Float>, _ memory: borrowing SpeechMemory) -> Float {
        let (hidden, cell, recurrent) = (memory.hidden.pointer, memory.cell.pointer, memory.recurrent.pointer)
        recurrentGates.withUnsafeBufferPointer { weights in
            guard let weights = weights.baseAddress else { return }
            compute.multiplyFewRowsSerially(
                hidden, rows: 1, k: Self.width, by: weights, columns: 4 * Self.width, into: recurrent)
        }
        for index in 0..<(4 * Self.width) { gates[index] += recurrent[index] }
        var sum = outputBias
        let width = Self.width
        for index in 0..<width {
            let input = Self.sigmoid(gates[index])
            let forget = Self.sigmoid(gates[width + index])
            cell[index] = forget * cell[index] + input * tanhf(gates[2 * width + index])
            hidden[index] = Self.sigmoid(gates[3 * width + index]) * tanhf(cell[index])
            sum += max(hidden[index], 0) * output[index]
        }
        return Self.sigmoid(sum)
    }

    private static func sigmoid(_ x: Float) -> Float { 1 / (1 + expf(-x)) }
}
