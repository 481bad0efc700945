/// A job was not run, since its partition is no longer this worker's.
struct JobWithdrawn: Error {}
