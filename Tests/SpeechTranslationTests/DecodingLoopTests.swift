import AllocationCounter
import Checkpoint
import Compute
import Foundation
import TestSupport
import Testing

@testable import SpeechTranslation

@Suite struct DecodingLoopTests {
    /// The tiny checkpoint as published and packed, on every table this machine has.
    static let variants = [nil, PackingPrecision.float32, .bfloat16, .mixed, .int8].flatMap { precision in
        InstructionSet.available.map { Variant(precision: precision, set: $0) }
    }

    struct Variant: Sendable, CustomStringConvertible {
        let precision: PackingPrecision?
        let set: InstructionSet
        var description: String { "\(precision?.rawValue ?? "published"), \(set.rawValue)" }
    }

    private let golden: GoldenCheckpoint
    private let folder: TemporaryDirectory

    init() throws {
        golden = try GoldenCheckpoint("tinywide")
        folder = try TemporaryDirectory()
    }

    private func model(_ variant: Variant) throws -> TranslationModel {
        let published = try Checkpoint(path: golden.path)
        guard let precision = variant.precision else { return try TranslationModel(published) }
        let path = folder.file("\(precision.rawValue).dragoman")
        _ = try ModelConverter(published, precision: precision).write(to: path, producer: "test")
        return try TranslationModel(Checkpoint(path: path))
    }

    private func settings(beams: Int, maxLength: Int) -> SearchSettings {
        var settings = SearchSettingsTests.settings(beams: beams, maxLength: maxLength, forcedFirstToken: 43)
        settings.vocabularySize = 118
        return settings
    }

    /// Once it has its buffers, a step takes no memory: neither the network nor the search. Caches grow every 16 positions;
    /// with more threads than one, Swift makes a closure's context for each hand-over.
    @Test(arguments: variants) func aStepAllocatesNothing(_ variant: Variant) throws {
        let compute = try ComputeContext(threads: 1, instructionSet: variant.set)
        let model = try model(variant)
        var loop = DecodingLoop(model, compute)
        for (id, beams) in [1, 5, 3].enumerated() {
            var settings = settings(beams: beams, maxLength: 60)
            settings.endTokens = []
            let encoded = try model.encode([golden.samples(golden.cases[0])], compute)[0]
            loop.join(encoded.matrix, id: id, settings)
        }
        // A prompt of two tokens, then one position a step.
        for _ in 0..<18 { #expect(loop.step().isEmpty) }
        let before = dragoman_allocation_count()
        for _ in 0..<10 { _ = loop.step() }
        #expect(dragoman_allocation_count() - before == 0)
    }

    /// Utterances come when they like, are decoded with whoever is there, and some are given up: what they give never
    /// changes. A thousand schedules over all variants and thread counts.
    @Test(arguments: variants, [1, 2]) func anyScheduleGivesTheSame(_ variant: Variant, threads: Int) throws {
        let compute = try ComputeContext(threads: threads, instructionSet: variant.set)
        let model = try model(variant)
        let kinds = try golden.cases.prefix(3).flatMap { item in
            let encoded = try model.encode([golden.samples(item)], compute)[0]
            return [1, 2, 5].map { (encoded: encoded, settings: settings(beams: $0, maxLength: 9 + $0)) }
        }
        let expected = try kinds.map { kind in
            var loop = DecodingLoop(model, compute)
            loop.join(kind.encoded.matrix, id: 0, kind.settings)
            while true {
                if let (_, outcome) = loop.step().first { return try outcome.get() }
            }
        }
        let schedules = (1000 + Self.variants.count * 2 - 1) / (Self.variants.count * 2)
        var random = SplitMix64(seed: UInt64(threads))
        for _ in 0..<schedules {
            var loop = DecodingLoop(model, compute)
            var waiting = (0..<12).map { _ in Int.random(in: kinds.indices, using: &random) }
            var members: [Int: Int] = [:]
            while !waiting.isEmpty || !loop.isEmpty {
                while !waiting.isEmpty, loop.isEmpty || Int.random(in: 0..<3, using: &random) == 0 {
                    let kind = waiting.removeLast()
                    loop.join(kinds[kind].encoded.matrix, id: waiting.count, kinds[kind].settings)
                    members[waiting.count] = kind
                }
                if Int.random(in: 0..<25, using: &random) == 0, let id = members.keys.min() {
                    loop.remove(id)
                    members[id] = nil
                }
                for (id, outcome) in loop.step() {
                    let member = members.removeValue(forKey: id)
                    let kind = try #require(member)
                    let result = try outcome.get()
                    #expect(result == expected[kind])
                }
            }
            #expect(members.isEmpty)
        }
    }

    /// Encoded together or alone: the same bits.
    @Test(arguments: variants.filter { $0.precision != nil }, [1, 2])
    func encodingTogetherGivesTheSame(_ variant: Variant, threads: Int) throws {
        let compute = try ComputeContext(threads: threads, instructionSet: variant.set)
        let model = try model(variant)
        let clips = golden.cases.prefix(3).map(golden.samples) + [Array(golden.samples(golden.cases[0]).prefix(3000))]
        let together = try model.encode(clips, compute)
        for (clip, frames) in zip(clips, together) {
            #expect(try model.encode([clip], compute)[0].matrix.elements() == frames.matrix.elements())
        }
    }
}
