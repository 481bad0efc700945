import Foundation

/// A command as ArgumentParser describes it to tools that write documentation: the fields used here of the JSON that
/// `--experimental-dump-help` prints.
struct CommandDescription: Decodable {
    struct Argument: Decodable {
        enum Kind: String, Decodable {
            case positional, option, flag
        }

        struct Name: Decodable {
            var kind: String
            var name: String

            /// As it is written on the command line.
            var written: String { (kind == "long" ? "--" : "-") + name }
        }

        var kind: Kind
        var shouldDisplay: Bool
        var isOptional: Bool
        var isRepeating: Bool
        var names: [Name]?
        var preferredName: Name?
        var valueName: String?
        var defaultValue: String?
        var allValues: [String]?
        var abstract: String?
        var sectionTitle: String?
    }

    private struct Tool: Decodable {
        var command: CommandDescription
    }

    var commandName: String
    var superCommands: [String]?
    var shouldDisplay: Bool?
    var abstract: String?
    var discussion: String?
    var subcommands: [CommandDescription]?
    var arguments: [Argument]?

    /// Reads what `--experimental-dump-help` prints.
    static func tool(_ json: String) throws -> CommandDescription {
        try JSONDecoder().decode(Tool.self, from: Data(json.utf8)).command
    }

    /// All words that call it.
    var path: String { ((superCommands ?? []) + [commandName]).joined(separator: " ") }

    /// The commands that do something, in the order of the help; not the help itself.
    var leaves: [CommandDescription] {
        guard let subcommands, !subcommands.isEmpty else { return [self] }
        return subcommands.filter { $0.shouldDisplay != false && $0.commandName != "help" }.flatMap(\.leaves)
    }

    /// What the help shows, without the options that every command has.
    var shownArguments: [Argument] {
        (arguments ?? []).filter { argument in
            argument.shouldDisplay && !["help", "version"].contains(argument.preferredName?.name)
        }
    }
}
