import Audio
import AudioStore
import Platform

/// Finds the recordings that an argument means. What the argument names is taken whatever it is called; what is found in
/// folders and by patterns has to be called like a recording.
struct FileFinder {
    /// The argument, for messages.
    let place: SourcePlace
    let cancellation: CancellationFlag
    /// Lists what lies in object storage.
    let storage: (any ObjectListing)?

    /// - Throws: what keeps the batch from being made, or `CancellationError`.
    func add(_ argument: String, to batch: inout BatchBuilder) throws {
        if S3Location.isLocation(argument) { return try addObjects(argument, to: &batch) }
        if BatchSource.isURI(argument) { return try batch.add(BatchEntry(.uri(argument), at: place)) }
        let status = try? SystemCalls.status(path: argument)
        if let status, status.isFolder {
            try addFolder(argument, to: &batch)
        } else if status == nil, GlobPattern.isPattern(argument) {
            try addMatches(of: argument, to: &batch)
        } else {
            try batch.add(BatchEntry(.file(path: argument), at: place))
        }
    }

    /// A key that ends with a slash, or a bucket, is what a folder is elsewhere.
    private func addObjects(_ uri: String, to batch: inout BatchBuilder) throws {
        let location: S3Location
        do throws(AudioStoreError) {
            location = try S3Location(uri: uri)
        } catch {
            return batch.report(error.message, at: place)
        }
        guard location.key.isEmpty || location.key.hasSuffix("/") else {
            return try batch.add(BatchEntry(.uri(uri), at: place))
        }
        guard let storage else { return batch.report("'\(uri)' can't be listed here", at: place) }
        let before = batch.foundCount
        do {
            try storage.list(location, cancellation: cancellation) { object in
                let key = object.location.key
                let name = key[(key.lastIndex(of: "/").map { key.index(after: $0) } ?? key.startIndex)...]
                // Keys that end with a slash are folders that some tools make.
                if name.isEmpty { return }
                guard !name.hasPrefix("."), AudioSuffix.isKnown(of: String(name)), object.byteCount > 0 else {
                    return batch.leaveOut()
                }
                try batch.add(BatchEntry(.uri(object.location.description), at: place))
            }
        } catch let error as AudioStoreError {
            return batch.report("can't be listed: \(error)", at: place)
        }
        reportNothing("there are no recordings below it", since: before, &batch)
    }

    private func addFolder(_ path: String, to batch: inout BatchBuilder) throws {
        let before = batch.foundCount
        // A folder that several links lead to is gone into once, which also ends circles.
        var seen: Set<FileStatus.Identity> = []
        var folders = [path]
        var pending: [FolderContents.Item] = []
        while true {
            if let folder = folders.popLast() {
                guard let status = try? SystemCalls.status(path: folder), seen.insert(status.identity).inserted else {
                    continue
                }
                pending += contents(of: folder, &batch).reversed()
            } else if let item = pending.popLast() {
                try cancellation.check()
                if item.isFolder, !item.isHidden {
                    folders.append(item.path)
                } else if item.isHidden {
                    batch.leaveOut()
                } else {
                    try addFound(item, to: &batch)
                }
            } else {
                break
            }
        }
        reportNothing("the folder holds no recordings", since: before, &batch)
    }

    private func addMatches(of pattern: String, to batch: inout BatchBuilder) throws {
        let before = batch.foundCount
        var pending = [GlobStep(pattern)]
        while let step = pending.popLast() {
            try cancellation.check()
            let contents = step.needsContents ? contents(of: step.folder, &batch) : []
            let (found, further) = step.advance(through: contents)
            for item in found { try addFound(item, to: &batch) }
            pending += further.reversed()
        }
        reportNothing("the pattern matches no recordings", since: before, &batch)
    }

    private func addFound(_ item: FolderContents.Item, to batch: inout BatchBuilder) throws {
        guard item.isRegularFile, AudioSuffix.isKnown(of: item.name) else { return batch.leaveOut() }
        guard item.isNameValid else {
            return batch.report("'\(item.path)': expected a name in UTF-8; rename the file", at: place)
        }
        try batch.add(BatchEntry(.file(path: item.path), at: place), isKnownFile: !item.isLink)
    }

    private func contents(of folder: String, _ batch: inout BatchBuilder) -> [FolderContents.Item] {
        do throws(SystemError) {
            return try FolderContents(path: folder).items
        } catch {
            batch.report("can't read the folder: \(error)", at: place)
            return []
        }
    }

    /// A source without recordings is more likely a mistake than meant.
    private func reportNothing(_ what: String, since before: Int, _ batch: inout BatchBuilder) {
        guard batch.foundCount == before else { return }
        batch.report("\(what) (names ending in .\(AudioSuffix.known.sorted().joined(separator: ", .")))", at: place)
    }
}
