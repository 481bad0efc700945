/// Something that fleets meet, and what must hold afterwards beyond what always must.
protocol Scenario: Sendable {
    static var name: String { get }
    /// What it shows, in a line.
    static var summary: String { get }
    /// The length and number of jobs of the full thing.
    static var size: (minutes: Double, jobs: Int) { get }

    init()

    /// What is different from the usual about this scenario's runs.
    func adjust(_ settings: inout RunSettings)
    /// How long after the play the fleet may take to answer what is left.
    var patience: Duration { get }
    /// Plays it.
    func play(on stage: Stage) async throws
    /// What must hold of it alone.
    func judge(_ evidence: Evidence) -> [Violation]
}

extension Scenario {
    var patience: Duration { .seconds(90) }
    func adjust(_ settings: inout RunSettings) {}
    func judge(_ evidence: Evidence) -> [Violation] { [] }
}
