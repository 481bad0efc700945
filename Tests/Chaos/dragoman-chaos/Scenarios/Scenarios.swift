/// The scenarios there are.
enum Scenarios {
    static let all: [any Scenario.Type] = [
        KillsScenario.self, BehindLongScenario.self, LongJobsScenario.self, JoinsScenario.self, PoisonScenario.self,
        ProtocolScenario.self, BrokerDownScenario.self, SigtermScenario.self, ZombieScenario.self, CancelScenario.self,
        LanesScenario.self, DataLossScenario.self, HourScenario.self,
    ]

    /// - Throws: ``ChaosError`` with the names there are.
    static func named(_ name: String) throws -> any Scenario {
        guard let type = all.first(where: { $0.name == name }) else {
            throw ChaosError("there is no scenario '\(name)': expected \(all.map { $0.name }.joined(separator: ", "))")
        }
        return type.init()
    }
}
