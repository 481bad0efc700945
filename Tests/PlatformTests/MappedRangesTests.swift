import TestSupport
import Testing

@testable import Platform

@Suite struct MappedRangesTests {
    @Test func aMappedFileIsFoundByAnyOfItsAddresses() throws {
        let directory = try TemporaryDirectory()
        var file: MappedFile? = try MappedFile(path: directory.write([UInt8](repeating: 1, count: 5000), to: "data"))
        let start = UInt(bitPattern: file?.bytes.baseAddress)
        for offset in [0, 1, 4999] as [UInt] {
            let found = MappedRanges.shared.find(start + offset)
            #expect(found.map { String(cString: $0.path) } == directory.file("data"))
            #expect(found?.offset == offset)
        }
        #expect(path(at: start + 5000, in: MappedRanges.shared) != directory.file("data"))
        file = nil
        #expect(path(at: start, in: MappedRanges.shared) != directory.file("data"))
    }

    @Test func aFullTableTakesNoMore() {
        let ranges = MappedRanges()
        let memory = [UInt8](repeating: 0, count: 1 << 16)
        memory.withUnsafeBytes { memory in
            func range(_ index: Int) -> UnsafeRawBufferPointer { .init(rebasing: memory[index * 8..<index * 8 + 8]) }
            let places = (0..<MappedRanges.capacity).map { ranges.add(range($0), path: "\($0)") }
            #expect(places.allSatisfy { $0 != nil })
            let refused = ranges.add(range(1000), path: "more")
            #expect(refused == nil)
            let last = UInt(bitPattern: range(MappedRanges.capacity - 1).baseAddress)
            #expect(path(at: last + 7, in: ranges) == "\(MappedRanges.capacity - 1)")
            for place in places { place.map { ranges.remove($0) } }
            #expect(path(at: last, in: ranges) == nil)
            let taken = ranges.add(range(1000), path: "more")
            #expect(taken != nil)
        }
    }

    private func path(at address: UInt, in ranges: borrowing MappedRanges) -> String? {
        ranges.find(address).map { String(cString: $0.path) }
    }
}
