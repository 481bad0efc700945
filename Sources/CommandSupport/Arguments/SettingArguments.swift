import ArgumentParser

/// Options that environment and configuration file can set too.
package protocol SettingArguments: ParsableArguments {
    /// What was given on the command line.
    func flags() throws -> SettingLayer
}

extension Settings {
    /// The same with options that go before everything.
    package func overridden(by arguments: some SettingArguments) throws -> Settings {
        overridden(by: try arguments.flags())
    }
}
