import ArgumentParser
import AudioStore
import Coordinator
import Foundation
import Jobs
import Logging

struct SubmitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "submit",
        abstract: "Send recordings to the workers as one batch.",
        discussion: """
            Prints the batch's id, with which 'dragoman gather' collects the results. The workers must see the files \
            under the same paths. The same files with the same options are the same jobs: sending them again changes \
            nothing.

            \(ExitStatus.table)
            """)

    @Argument(help: "Recordings.")
    var files: [String]

    @OptionGroup var decoding: DecodingArguments

    @Option(help: "Name of the batch. (default: derived from its jobs)")
    var batch: String?

    @Option(help: ArgumentHelp("Spoken language, for the reader of the results.", valueName: "language"))
    var source: String?

    @Option(
        name: .customLong("label"), parsing: .singleValue,
        help: ArgumentHelp("Something to find in the results again. Can be repeated.", valueName: "key=value"))
    var labels: [String] = []

    @Option(help: "Encoding of jobs and results: \(WireFormat.allCases.map(\.rawValue).joined(separator: " or ")).")
    var format = WireFormat.protobuf

    @OptionGroup var kafka: KafkaArguments
    // Nothing joins the group here; it is taken so that one set of options serves all of the fleet's commands.
    @OptionGroup var group: GroupArguments
    @OptionGroup var configurationFile: ConfigurationArguments
    @OptionGroup var log: LogArguments

    func run() async throws {
        let settings = try await configurationFile.settings()
        let batch = try JobBatch(uris: try files.map(Self.uri(of:)), template: template(), name: batch)
        for uri in batch.duplicates {
            StandardError.writeLine("dragoman: \(uri) is given more than once: sent once")
        }
        let submitter = Submitter(
            kafka: try kafka.configuration(settings), topics: try kafka.topics(settings), format: format,
            logger: try log.logger(settings, default: .critical))
        let progress = ProgressDisplay()
        defer { progress.stop() }
        let total = batch.jobs.count
        let record = try await interruptible {
            progress.start("sending \(total) jobs")
            return try await submitter.submit(batch) { progress.update("\($0) of \(total) jobs sent") }
        }
        progress.stop()
        StandardError.writeLine("\(record.jobCount) jobs sent; collect with: dragoman gather \(record.batchID)")
        StandardOutput.writeLine(record.batchID)
    }

    private func template() throws -> TranslationJob {
        var job = TranslationJob()
        job.targetLanguage = decoding.target ?? ""
        job.sourceLanguage = source ?? ""
        if decoding.inJob != JobDecoding() { job.decoding = decoding.inJob }
        for label in labels {
            guard let equals = label.firstIndex(of: "="), equals > label.startIndex else {
                throw ValidationError("'\(label)' is not a label: expected KEY=VALUE")
            }
            job.labels[String(label[..<equals])] = String(label[label.index(after: equals)...])
        }
        return job
    }

    private static func uri(of file: String) throws -> String {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: file, isDirectory: &isFolder) else {
            throw ValidationError("there is no file '\(file)'; nothing was sent")
        }
        guard !isFolder.boolValue else { throw ValidationError("'\(file)' is a folder; nothing was sent") }
        let attributes = try FileManager.default.attributesOfItem(
            atPath: URL(filePath: file).resolvingSymlinksInPath().path(percentEncoded: false))
        guard attributes[.type] as? FileAttributeType == .typeRegular else {
            throw ValidationError("'\(file)' is no ordinary file; nothing was sent")
        }
        return try FileURI.make(path: file)
    }
}

extension WireFormat: ExpressibleByArgument {}
