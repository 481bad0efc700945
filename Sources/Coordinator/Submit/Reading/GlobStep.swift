import Platform

/// A place that a pattern for paths has come to: a folder, and the components to be matched below it. `**` stands for any
/// number of folders, none included; it does not follow links.
struct GlobStep {
    /// The folder; empty for the current one.
    let folder: String
    private let components: ArraySlice<Substring>

    private static let anyFolders = "**"

    init(_ pattern: String) {
        self.init(folder: pattern.hasPrefix("/") ? "/" : "", components: pattern.split(separator: "/")[...])
    }

    private init(folder: String, components: ArraySlice<Substring>) {
        self.folder = folder
        self.components = components
    }

    /// Whether the next component is one that only a look into the folder can match.
    var needsContents: Bool { components.first.map(GlobPattern.isPattern) ?? false }

    /// Matches one component.
    /// - Parameter contents: what is in the folder, where that is needed.
    /// - Returns: the files that match the whole pattern, and where to go on.
    func advance(through contents: [FolderContents.Item]) -> (found: [FolderContents.Item], further: [GlobStep]) {
        guard let component = components.first else { return ([], []) }
        let rest = components.dropFirst()
        if component == Self.anyFolders {
            let below = contents.filter { $0.isFolder && !$0.isLink && !$0.isHidden }
            let files = rest.isEmpty ? contents.filter { !$0.isFolder && !$0.isHidden } : []
            let here = rest.isEmpty ? [] : [GlobStep(folder: folder, components: rest)]
            return (files, here + below.map { GlobStep(folder: $0.path, components: components) })
        }
        guard needsContents else { return named(component, rest) }
        let pattern = GlobPattern(component)
        let matches = contents.filter { $0.isFolder != rest.isEmpty && pattern.matches($0.name) }
        return rest.isEmpty
            ? (matches, []) : ([], matches.map { GlobStep(folder: $0.path, components: rest) })
    }

    /// A component without wildcards: there is no need to look at its neighbours.
    private func named(
        _ component: Substring, _ rest: ArraySlice<Substring>
    ) -> (found: [FolderContents.Item], further: [GlobStep]) {
        let path = folder.isEmpty || folder.hasSuffix("/") ? folder + component : "\(folder)/\(component)"
        guard let status = try? SystemCalls.status(path: path), status.isFolder != rest.isEmpty else { return ([], []) }
        guard rest.isEmpty else { return ([], [GlobStep(folder: path, components: rest)]) }
        let item = FolderContents.Item(
            path: path, name: String(component), isFolder: false, isRegularFile: status.isRegularFile, isLink: false,
            isNameValid: true)
        return ([item], [])
    }
}
