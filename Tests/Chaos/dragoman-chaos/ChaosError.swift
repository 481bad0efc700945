/// Why a run can't begin or go on; what it found out about the fleet is a ``Violation`` instead.
struct ChaosError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
