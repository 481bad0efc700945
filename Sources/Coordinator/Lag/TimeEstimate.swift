/// When a backlog will be empty if nothing is added and the workers go on as they do, in seconds from now.
public struct TimeEstimate: Sendable, Hashable {
    /// The best guess.
    public var seconds: Double
    /// It will hardly be sooner: two standard errors.
    public var least: Double
    /// It will hardly be later; `nil` where too little is known to say.
    public var most: Double?

    /// Creates an estimate.
    public init(seconds: Double, least: Double, most: Double?) {
        self.seconds = seconds
        self.least = least
        self.most = most
    }

    /// The time that an amount takes at a rate; `nil` where nothing gets on.
    ///
    /// The relative errors of both add up by their squares.
    init?(of amount: Double, error: Double, at rate: Double, rateError: Double) {
        guard rate > 0, amount >= 0 else { return nil }
        let amountError = amount > 0 ? error / amount : 0
        let relative = 2 * (amountError * amountError + rateError * rateError / (rate * rate)).squareRoot()
        let seconds = amount / rate
        self.init(
            seconds: seconds, least: seconds / (1 + relative), most: relative < 1 ? seconds / (1 - relative) : nil)
    }
}
