import ArgumentParser
import CommandSupport
import Platform
import SpeechTranslation

struct PlanCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "Say how many workers translate so many hours of audio a day.",
        discussion: """
            From the benchmark's figures, which were taken on one machine, and the formula that is printed. Sizes other than \
            300M were never measured: their encoder is taken to be slower as it has more to multiply. 'dragoman bench' \
            measures a model on your machine; --worker-seconds then takes the place of the benchmark's figures.

            Examples:
              dragoman plan --hours-per-day 1000 --model 300m
              dragoman plan --hours-per-day 5000 --model 1b --precision int8 \\
                --threads 4 --window 10
              dragoman plan --hours-per-day 200 --model 2b.dragoman --json

            \(ExitStatus.table)
            """)

    @Option(help: ArgumentHelp("Audio a day.", valueName: "hours"))
    var hoursPerDay: Double

    @Option(
        help: ArgumentHelp("A checkpoint's folder, a packed file, or 300m, 1b or 2b.", valueName: "model"),
        completion: .file())
    var model: String

    @Option(help: "Precision it is packed in. (default: the file's, f32 for a folder, else mixed)")
    var precision: PackingPrecision?

    @Option(help: ArgumentHelp("Threads of a worker.", valueName: "count"))
    var threads = 2

    @Option(help: ArgumentHelp("Hours of a day in which the audio of that day is translated.", valueName: "hours"))
    var window = 24.0

    @Option(help: ArgumentHelp("Share of its time that a worker is busy.", valueName: "share"))
    var utilization = 0.7

    @Option(help: ArgumentHelp("Tokens of the translation for a second of audio.", valueName: "tokens"))
    var tokensPerSecond = 3.0

    @Option(
        help: ArgumentHelp(
            "Seconds that a worker takes for a second of audio, where you have measured it.", valueName: "seconds"))
    var workerSeconds: Double?

    @Option(help: ArgumentHelp("Seconds in which the autoscaler is to empty the queue.", valueName: "seconds"))
    var drain = 600.0

    @Flag(help: "One JSON object.")
    var json = false

    func validate() throws {
        guard hoursPerDay > 0, hoursPerDay <= 1e8 else {
            throw ValidationError("--hours-per-day: expected more than 0")
        }
        guard (1...1024).contains(threads) else { throw ValidationError("--threads: expected 1 to 1024") }
        guard window > 0, window <= 24 else { throw ValidationError("--window: expected more than 0, up to 24 hours") }
        guard utilization > 0, utilization <= 1 else {
            throw ValidationError("--utilization: expected more than 0, up to 1")
        }
        guard (0...1000).contains(tokensPerSecond) else {
            throw ValidationError("--tokens-per-second: expected 0 to 1000")
        }
        guard drain > 0, drain <= 1e8 else { throw ValidationError("--drain: expected more than 0 seconds") }
        if let workerSeconds, !(1e-4...1e4).contains(workerSeconds) {
            throw ValidationError("--worker-seconds: expected 0.0001 to 10000")
        }
    }

    func run() async throws {
        let model = try await BlockingCall.run { [model, precision] _ in
            try PlannedModel(model, precision: precision)
        }
        let speed = MeasuredSpeed(model.precision)
        let plan = FleetPlan(
            hoursPerDay: hoursPerDay, window: window, utilization: utilization, threads: threads, drain: drain,
            secondsPerSecond: workerSeconds
                ?? FleetPlan.secondsPerSecond(
                    speed, ratio: model.work.ratio, tokens: tokensPerSecond, threads: threads))
        let report = PlanReport(
            plan: plan, model: model, speed: speed, tokens: tokensPerSecond, isGiven: workerSeconds != nil)
        for line in json ? [report.json] : report.lines { StandardOutput.writeLine(line) }
    }
}
