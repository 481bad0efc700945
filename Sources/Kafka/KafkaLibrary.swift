import CRdkafka

/// The librdkafka in use.
public enum KafkaLibrary {
    /// Its version.
    public static var version: String { String(cString: rd_kafka_version_str()) }

    /// What it was built with, such as `ssl`, `sasl_scram` or `zstd`.
    public static var features: [String] {
        guard let configuration = rd_kafka_conf_new() else { return [] }
        defer { rd_kafka_conf_destroy(configuration) }
        var text = [CChar](repeating: 0, count: 512)
        var count = text.count
        guard rd_kafka_conf_get(configuration, "builtin.features", &text, &count) == RD_KAFKA_CONF_OK else { return [] }
        return String(nullTerminated: text).split(separator: ",").map(String.init)
    }
}
