/// Which record of which send a delivery report is about, in the form of librdkafka's message opaque.
struct DeliveryTicket: Equatable {
    /// From 1 on, so that no ticket is the null pointer.
    var send: UInt32
    var index: UInt32

    init(send: UInt32, index: Int) {
        self.send = send
        self.index = UInt32(truncatingIfNeeded: index)
    }

    init(opaque: UnsafeMutableRawPointer?) {
        let bits = UInt64(UInt(bitPattern: opaque))
        send = UInt32(bits >> 32)
        index = UInt32(truncatingIfNeeded: bits)
    }

    var opaque: UnsafeMutableRawPointer? {
        UnsafeMutableRawPointer(bitPattern: UInt(UInt64(send) << 32 | UInt64(index)))
    }
}
