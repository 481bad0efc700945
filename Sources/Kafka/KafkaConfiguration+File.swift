extension KafkaConfiguration {
    /// Reads a properties file: lines of `key=value`; blank lines and those that start with `#` are skipped.
    /// What the embedded broker prints on stdout is such a file.
    /// - Throws: ``KafkaError`` (configuration) naming the file and line.
    public static func properties(fromFile path: String) throws -> [String: String] {
        throw KafkaError(.configuration, "not built yet")
    }
}
