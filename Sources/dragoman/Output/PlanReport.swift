import Foundation
import SpeechTranslation

/// A plan with the figures it rests on.
struct PlanReport {
    let plan: FleetPlan
    let model: PlannedModel
    let speed: MeasuredSpeed
    /// Tokens of the translation for a second of audio.
    let tokens: Double
    /// Whether the speed was given instead of worked out.
    let isGiven: Bool

    var lines: [String] {
        let number = { (value: Double, digits: Int) in String(format: "%.\(digits)f", value) }
        var lines = [
            "\(ReadableNumber.counted(plan.workers, "worker")) of \(ReadableNumber.counted(plan.threads, "thread")) "
                + "(\(ReadableNumber.counted(plan.processors, "processor"))) for \(number(plan.hoursPerDay, 0)) h of audio "
                + "a day within \(number(plan.window, 0)) h, at \(number(plan.utilization * 100, 0))% of their time",
            "topics: \(plan.partitions) partitions or more",
            "autoscaling: \(plan.audioPerWorker) seconds of audio for each worker empty the queue in "
                + ReadableNumber.duration(seconds: plan.drain),
            "never idle they would translate \(number(plan.hoursAtMost, 0)) h a day", "",
        ]
        let given = "\(number(plan.secondsPerSecond, 3)) s of a worker for a second of audio"
        if isGiven {
            lines.append("\(given), as --worker-seconds says")
        } else {
            lines += [
                "\(given) = (\(number(speed.encoder, 2)) s / 10 × \(number(model.work.ratio, 2)) + "
                    + "\(number(tokens, 1)) × \(number(speed.step, 4)) s) × \(MeasuredSpeed.threads) / \(plan.threads)",
                "\(model.name), \(model.precision.rawValue): encoder for 10 s, its work against that of 300M, tokens a "
                    + "second, step of the decoder",
                "measured with \(MeasuredSpeed.machine)"
                    + (model.work.ratio.rounded(toPlaces: 2) == 1 ? "" : "; the ratio is worked out from the shapes"),
            ]
        }
        lines.append(
            "workers = \(number(plan.hoursPerDay, 0)) / \(number(plan.window, 0)) × \(number(plan.secondsPerSecond, 3)) / "
                + "\(number(plan.utilization, 2)) = \(number(plan.load, 2)), rounded up")
        return lines
    }

    var json: String {
        var object = JSONText()
        object.add("model", model.name)
        object.add("precision", model.precision.rawValue)
        object.add("hours_per_day", plan.hoursPerDay)
        object.add("window_hours", plan.window)
        object.add("utilization", plan.utilization)
        object.add("threads", plan.threads)
        object.add("worker_seconds_per_audio_second", plan.secondsPerSecond)
        object.add("workers", plan.workers)
        object.add("processors", plan.processors)
        object.add("partitions", plan.partitions)
        object.add("audio_seconds_per_worker", plan.audioPerWorker)
        return object.text
    }
}

extension Double {
    fileprivate func rounded(toPlaces places: Int) -> Double {
        let factor = pow(10, Double(places))
        return (self * factor).rounded() / factor
    }
}
