import AudioStore
import FoundationEssentials
import Platform

/// Reads sources, one after the other, into a batch.
struct SourceReader {
    let cancellation: CancellationFlag
    /// Lists what lies in object storage.
    let storage: (any ObjectListing)?

    /// - Throws: what keeps the batch from being made, or `CancellationError`.
    func add(_ source: BatchSource, to batch: inout BatchBuilder) throws {
        switch source {
        case .argument(let argument):
            try FileFinder(place: SourcePlace(argument), cancellation: cancellation, storage: storage).add(
                argument, to: &batch)
        case .list(let isNullSeparated):
            try addList(isNullSeparated: isNullSeparated, to: &batch)
        case .manifest(let path, let format):
            try addManifest(path, format, to: &batch)
        }
    }

    private func addList(isNullSeparated: Bool, to batch: inout BatchBuilder) throws {
        let input = SequentialFile.standardInput
        let name = input.path
        var lines = LineReader(
            input, separator: isNullSeparated ? 0 : UInt8(ascii: "\n"), cancellation: cancellation)
        do {
            while var line = try lines.next() {
                if !isNullSeparated, line.last == UInt8(ascii: "\r") { line.removeLast() }
                guard !line.isEmpty else { continue }
                let place = SourcePlace(name, line: lines.lineNumber)
                guard let text = String(validating: line, as: UTF8.self) else {
                    batch.report("expected a path or URI in UTF-8", at: place)
                    continue
                }
                try batch.add(
                    BatchEntry(BatchSource.isURI(text) ? .uri(text) : .file(path: text), at: place))
            }
        } catch is LineReader.Failure {
            batch.report(
                "expected a path or URI, not a line of more than \(LineReader.lineLimit) bytes",
                at: SourcePlace(name, line: lines.lineNumber + 1))
        } catch let error as SystemError {
            batch.report("can't be read: \(error)", at: SourcePlace(name))
        }
    }

    private func addManifest(_ path: String, _ format: ManifestFormat, to batch: inout BatchBuilder) throws {
        do {
            let lines = LineReader(
                path == "-" ? .standardInput : try SequentialFile(path: path), separator: UInt8(ascii: "\n"),
                cancellation: cancellation)
            let name = path == "-" ? SequentialFile.standardInput.path : path
            var reader = ManifestReader(lines, name: name, format: format, folder: Self.folder(of: path))
            try reader.read(into: &batch)
        } catch let error as SystemError {
            batch.report("can't be read: \(error)", at: SourcePlace(path))
        }
    }

    /// The folder a manifest lies in, from the root; the current one for standard input.
    private static func folder(of path: String) -> String {
        let current = FileManager.default.currentDirectoryPath
        guard let slash = path.lastIndex(of: "/") else { return current }
        let folder = String(path[..<slash])
        return path.hasPrefix("/") ? folder : "\(current)/\(folder)"
    }
}
