import ArgumentParser

package struct ConfigurationArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp("Settings in YAML. (default: what \(SettingLayer.fileVariable) names)", valueName: "file"),
        completion: .file(extensions: ["yaml", "yml"]))
    package var config: String?

    package init() {}

    package func settings() async throws -> Settings {
        try Settings(file: config)
    }
}
