import Testing

@testable import CommandSupport

@Suite struct NearestNameTests {
    @Test func nearest() {
        let names = ["brokers", "prefix", "log.level", "worker.in-flight"]
        #expect("broker".nearest(among: names) == "brokers")
        #expect("prefxi".nearest(among: names) == "prefix")
        #expect("loglevel".nearest(among: names) == "log.level")
        #expect("in-flight".nearest(among: names) == "worker.in-flight")
        #expect("zzz".nearest(among: names) == nil && "x".nearest(among: []) == nil)
    }
}
