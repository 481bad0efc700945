extension Cancellation {
    /// Bytes of the reason and of the name of who asked for it.
    public static let textLimit = 1024

    /// The batch or the job that is called off.
    public var targetID: String {
        switch target {
        case .batchID(let id), .jobID(let id): id
        case nil: ""
        }
    }

    /// Checks everything.
    /// - Throws: ``JobsError`` with code `invalidField` that names the first field that is wrong.
    public func validate() throws(JobsError) {
        switch target {
        case .batchID(let id): try FieldCheck(field: "batch_id").id(id)
        case .jobID(let id): try FieldCheck(field: "job_id").id(id)
        case nil: throw FieldCheck(field: "target").fail("expected batch_id or job_id")
        }
        try FieldCheck(field: "reason").text(reason, limit: Self.textLimit)
        try FieldCheck(field: "requested_by").text(requestedBy, limit: Self.textLimit)
    }
}
