/// A job: one recording, or a part of one, to be translated.
public typealias TranslationJob = Dragoman_V1_TranslationJob
/// What became of a job.
public typealias TranslationResult = Dragoman_V1_TranslationResult
/// How many results a batch has and where to look for them.
public typealias BatchRecord = Dragoman_V1_BatchRecord
/// Calls off a job or a batch.
public typealias Cancellation = Dragoman_V1_Cancellation

/// Partitions that a living worker has given back.
public typealias Release = Dragoman_V1_Release
/// A partition of a topic.
public typealias PartitionName = Dragoman_V1_PartitionName

/// The recording a job is about, and which part of it.
public typealias JobAudio = Dragoman_V1_Audio
/// How a job wants its translation searched for.
public typealias JobDecoding = Dragoman_V1_DecodingOptions
/// How a job wants its recording cut.
public typealias JobSegmentation = Dragoman_V1_SegmentationOptions

/// A stretch of a recording and its translation.
public typealias ResultSegment = Dragoman_V1_Segment
/// Another translation of a stretch.
public typealias ResultAlternative = Dragoman_V1_Alternative
/// Where a job was read.
public typealias JobOrigin = Dragoman_V1_Origin
/// The model that did a job.
public typealias ModelInfo = Dragoman_V1_ModelInfo
/// Seconds spent on a job, by stage.
public typealias JobTimings = Dragoman_V1_Timings
/// Why a job could not be done.
public typealias JobError = Dragoman_V1_JobError

/// Where the jobs of a batch lie in one partition.
public typealias PartitionRange = Dragoman_V1_PartitionRange
/// The options a submit gave to all its jobs.
public typealias BatchOptions = Dragoman_V1_BatchOptions
