import Testing

@testable import Platform

@Suite struct ProcessorsTests {
    @Test func quotaOfCgroupVersion2() {
        #expect(Processors.quota(cpuMax: "150000 100000\n") == 1.5)
        #expect(Processors.quota(cpuMax: "max 100000\n") == nil)
        #expect(Processors.quota(cpuMax: "garbage") == nil)
        #expect(Processors.quota(cpuMax: "1 0") == nil)
    }

    @Test func atLeastOneProcessorIsAvailable() {
        #expect(Processors.available >= 1)
    }
}
