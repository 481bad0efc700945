import Foundation
import SpeechTranslation

/// How many workers translate so many hours a day.
///
/// A second of audio takes a worker `encoder / 10 × ratio + tokens × step` seconds, where `encoder` and `step` are measured with two
/// threads and shrink with more of them as `2 / threads` does. So many hours within so many hours of a day take
/// `hours / window × seconds / utilization` workers.
struct FleetPlan {
    let hoursPerDay: Double
    /// Hours of the day in which they are to be translated.
    let window: Double
    /// Share of its time that a worker is to be busy: the rest is for peaks, restarts and nodes that are away.
    let utilization: Double
    let threads: Int
    /// Seconds in which the autoscaler is to empty the queue.
    let drain: Double
    /// Seconds a worker takes for a second of audio.
    let secondsPerSecond: Double

    /// - Parameter tokens: tokens of the translation for a second of audio.
    static func secondsPerSecond(_ speed: MeasuredSpeed, ratio: Double, tokens: Double, threads: Int) -> Double {
        (speed.encoder / 10 * ratio + tokens * speed.step) * Double(MeasuredSpeed.threads) / Double(threads)
    }

    /// Not rounded.
    var load: Double { hoursPerDay / window * secondsPerSecond / utilization }
    var workers: Int { max(1, Int(load.rounded(.up))) }
    var processors: Int { workers * threads }
    /// Twice the workers, so that each has some and growth has room.
    var partitions: Int { 2 * workers }
    /// Seconds of audio that may wait for each worker: the chart's `autoscaling.audio.secondsPerWorker`.
    var audioPerWorker: Int { max(1, Int((drain / secondsPerSecond).rounded(.down))) }
    /// What the workers translate when they are never idle.
    var hoursAtMost: Double { Double(workers) * window / secondsPerSecond }
}
