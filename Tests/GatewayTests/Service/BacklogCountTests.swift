import TestSupport
import Testing

@testable import Gateway

@Suite struct BacklogCountTests {
    @Test func nothingBeforeTheFirstLook() {
        var count = BacklogCount(limit: 8)
        #expect(count.take(1) == 0)
        count.lookBegins()
        count.lookEnds(6)
        #expect(count.take(5) == 2 && count.take(1) == 0)
    }

    /// Jobs that are written while a look is under way are not in it: once they were forgotten, and let others through.
    @Test func aLookDoesNotForgetWhatItCouldNotSee() {
        var count = BacklogCount(limit: 8)
        count.lookBegins()
        count.lookEnds(0)
        #expect(count.take(3) == 3)
        // Not written when the look begins, like the next.
        count.lookBegins()
        #expect(count.take(3) == 3)
        count.written(6)
        count.lookEnds(0)
        #expect(count.take(8) == 2)
        count.written(2)
        // All eight were written before this one: it alone counts.
        count.lookBegins()
        count.lookEnds(5)
        #expect(count.take(8) == 3)
    }

    /// Whenever looks begin and end and writes are slow: never more than the limit wait, and as many as that in the end.
    @Test(arguments: 0..<50) func neverMoreThanTheLimit(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        var count = BacklogCount(limit: 20)
        count.lookBegins()
        count.lookEnds(0)
        var (written, unwritten) = (0, 0)
        var look: Int?
        for _ in 0..<2_000 {
            switch Int.random(in: 0..<5, using: &generator) {
            case 0: unwritten += count.take(Int.random(in: 1...6, using: &generator))
            case 1 where unwritten > 0:
                let some = Int.random(in: 1...unwritten, using: &generator)
                (written, unwritten) = (written + some, unwritten - some)
                count.written(some)
            case 2: written = max(0, written - Int.random(in: 0...3, using: &generator))
            case 3 where look == nil:
                count.lookBegins()
                look = written
            case 4:
                if let seen = look { count.lookEnds(Int64(seen)) }
                look = nil
            default: break
            }
            #expect(written + unwritten <= 20)
        }
        count.written(unwritten)
        count.lookBegins()
        count.lookEnds(Int64(written + unwritten))
        #expect(count.take(100) == 20 - written - unwritten)
    }
}
