import ArgumentParser

struct ConfigurationArguments: ParsableArguments {
    @Option(help: ArgumentHelp("Settings in YAML.", valueName: "file"))
    var config: String?

    func settings() async throws -> Settings {
        try await Settings(file: config)
    }
}
