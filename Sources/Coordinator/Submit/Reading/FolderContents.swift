import Platform

/// A folder's entries in the order of their names' bytes, links followed.
struct FolderContents {
    struct Item {
        let path: String
        let name: String
        let isFolder: Bool
        let isRegularFile: Bool
        let isLink: Bool
        /// Whether path and name are the real ones; else something stands in them for what is not UTF-8.
        let isNameValid: Bool
    }

    let items: [Item]

    /// - Throws: `SystemError` when the folder can't be read.
    init(path: String) throws(SystemError) {
        // "data" and "data/" give the same paths, and "" is the current folder.
        let prefix = path.isEmpty || path.hasSuffix("/") ? path : path + "/"
        var entries = try SystemCalls.entries(ofFolder: path.isEmpty ? "." : path)
        entries.sort { $0.name.lexicographicallyPrecedes($1.name) }
        items = entries.map { Item($0, prefix: prefix) }
    }
}

extension FolderContents.Item {
    fileprivate init(_ entry: FolderEntry, prefix: String) {
        let validName = String(validating: entry.name, as: UTF8.self)
        name = validName ?? String(decoding: entry.name, as: UTF8.self)
        path = prefix + name
        isNameValid = validName != nil
        isLink = entry.kind == .link
        switch entry.kind {
        case .regularFile, .folder, .other:
            isRegularFile = entry.kind == .regularFile
            isFolder = entry.kind == .folder
        case .link, .unknown:
            // What can't be looked at is taken for a file, so that a broken link to a recording is not passed over.
            let status = try? SystemCalls.status(path: path)
            isRegularFile = status?.isRegularFile ?? true
            isFolder = status?.isFolder ?? false
        }
    }

    /// Whether its name begins with a dot.
    var isHidden: Bool { name.hasPrefix(".") }
}
