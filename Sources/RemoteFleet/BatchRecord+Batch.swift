import DragomanClient
import Jobs

extension BatchRecord {
    /// What a batch's record would say, as far as the gateway tells.
    init(_ batch: DragomanClient.Batch) {
        self.init()
        batchID = batch.id
        run = batch.run
        jobCount = UInt32(clamping: batch.jobCount)
        labels = batch.labels
        submitDate = batch.createDate
        state = batch.isFinishedSubmitting ? .unspecified : .open
    }
}
