import AudioStore
import Platform

/// Asks object storage whether it answers and takes the keys.
struct StorageExamination {
    /// `nil` where none is configured.
    let client: S3Client?
    let buckets: [String]

    /// - Throws: `CancellationError`.
    func findings() async throws -> [DoctorFinding] {
        guard let client else {
            return [
                DoctorFinding(
                    "storage", .notChecked, "not checked", advice: "give --s3-endpoint URL or --s3-region REGION")
            ]
        }
        var findings: [DoctorFinding] = []
        for bucket in buckets.isEmpty ? [nil] : buckets.map(Optional.some) {
            findings.append(try await finding(client, bucket))
        }
        return findings
    }

    private func finding(_ client: S3Client, _ bucket: String?) async throws -> DoctorFinding {
        let place = client.configuration.endpoint ?? "AWS, \(client.configuration.region)"
        do {
            try await BlockingCall.run { try client.check(bucket: bucket, cancellation: $0) }
            guard let bucket else {
                return DoctorFinding(
                    "storage", .ok, "\(place): there are keys", advice: "storage.s3.buckets has buckets asked too")
            }
            return DoctorFinding("storage", .ok, "\(place): bucket '\(bucket)' can be listed")
        } catch let error as AudioStoreError {
            return DoctorFinding(
                "storage", .failed, error.message, advice: "check endpoint, region, keys and the bucket's name")
        }
    }
}
