import ArgumentParser

struct ConfigurationArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp("Settings in YAML. (default: what \(SettingLayer.fileVariable) names)", valueName: "file"),
        completion: .file(extensions: ["yaml", "yml"]))
    var config: String?

    func settings() async throws -> Settings {
        try Settings(file: config)
    }
}
