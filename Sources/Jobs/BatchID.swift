/// The id of a batch that was not given one.
///
/// The bytes hashed are those of `DerivedID` under the heading `dragoman.v1.batch`, with one item `job` for each job's
/// id, in the batch's order.
public struct BatchID: ~Copyable {
    private var id = DerivedID(heading: "dragoman.v1.batch")

    /// Begins an empty batch.
    public init() {}

    /// Adds the next job.
    public mutating func add(jobID: String) {
        id.add("job", jobID)
    }

    /// The batch's id.
    public consuming func finalize() -> String {
        id.finalize()
    }

    /// The id of the batch of these jobs.
    public static func derived(from jobIDs: some Sequence<String>) -> String {
        var id = BatchID()
        for jobID in jobIDs { id.add(jobID: jobID) }
        return id.finalize()
    }
}
