import Testing

@testable import Platform

@Suite struct ProcessorDescriptionTests {
    @Test func firstProcessorCounts() {
        let description = ProcessorDescription(
            cpuinfo: """
                processor\t: 0
                model name\t: Some  Processor @ 2.00GHz
                flags\t\t: fpu sse2 fma avx2 avx512f

                processor\t: 1
                model name\t: Other
                flags\t\t: f16c
                """)
        #expect(description.name == "Some Processor @ 2.00GHz" && description.features == ["fma", "avx2", "avx512f"])
    }

    @Test func armHasFeaturesAndNoName() {
        let description = ProcessorDescription(cpuinfo: "processor : 0\nFeatures : fp asimd asimddp i8mm\n")
        #expect(description.name == nil && description.features == ["asimd", "asimddp", "i8mm"])
    }

    @Test func nothingKnown() {
        #expect(ProcessorDescription(cpuinfo: "nonsense") == ProcessorDescription(cpuinfo: ""))
    }

    @Test func noTerminal() throws {
        let descriptor = try SystemCalls.openReadOnly("/dev/null")
        defer { SystemCalls.close(descriptor) }
        #expect(TerminalSize(of: descriptor) == nil)
    }
}
