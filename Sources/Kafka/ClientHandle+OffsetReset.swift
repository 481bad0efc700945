import Dispatch
import Logging

extension ClientHandle {
    /// Says in plain words what became of reading positions that turned out not to be in their logs.
    /// - Parameter reader: Who wanted to go on there, such as `group g`.
    func reportOffsetResets(of reader: String, _ configuration: KafkaConfiguration, logger: Logger) {
        let resets = context.takeOffsetResets()
        guard !resets.isEmpty else { return }
        // Asks the brokers, for which nobody should have to wait.
        DispatchQueue.global().async { [self] in
            for reset in resets {
                let partition = reset.partition
                let range = try? watermarks(of: [partition], configuration)[partition.partition]
                let log = range.map { "holds the offsets from \($0.low) up to \($0.high)" } ?? "can't be asked about"
                logger.warning(
                    """
                    \(partition): offset \(reset.offset), where \(reader) was to go on, is not in the log, which \(log): \
                    the log was cut, or lost and begun anew. Reading goes on at its beginning
                    """)
            }
        }
    }
}
