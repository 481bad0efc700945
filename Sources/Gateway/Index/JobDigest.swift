import Crypto
import Jobs

/// Tells whether two jobs of one name are the same: the first 128 bits of a SHA-256 over the job in protobuf, without the
/// time it was submitted.
struct JobDigest: Sendable, Hashable {
    let bytes: [UInt8]

    /// - Throws: `JobsError` for a job that is too large to be sent.
    init(_ job: TranslationJob) throws(JobsError) {
        var job = job
        job.clearSubmitTime()
        bytes = Array(SHA256.hash(data: try MessageCodec.encode(job, as: .protobuf)).prefix(16))
    }

    init(bytes: [UInt8]) {
        self.bytes = bytes
    }
}
