/// Arithmetic on numbers that come out of files: `nil` instead of a trap when the result does not fit.
enum CheckedArithmetic {
    /// The product of all factors, `nil` when it overflows or a factor is negative.
    static func product(_ factors: some Sequence<Int>) -> Int? {
        var isZero = false
        var product = 1
        for factor in factors {
            guard factor >= 0 else { return nil }
            if factor == 0 {
                isZero = true
                continue
            }
            let (partial, overflow) = product.multipliedReportingOverflow(by: factor)
            guard !overflow else { return nil }
            product = partial
        }
        return isZero ? 0 : product
    }

    /// The sum, `nil` when it overflows.
    static func sum(_ first: Int, _ second: Int) -> Int? {
        let (sum, overflow) = first.addingReportingOverflow(second)
        return overflow ? nil : sum
    }
}
