import CommandSupport

/// The manual page, made from the commands' own help.
struct ManualPage {
    private let tool: CommandDescription
    private var text = ManualText()

    init(_ tool: CommandDescription) {
        self.tool = tool
        header()
        options()
        environment()
        files()
        exitStatus()
        examples()
    }

    /// The page's source, in mdoc(7).
    var lines: [String] { text.lines }

    private mutating func header() {
        text.macro("Dd", Version.date)
        text.macro("Dt", tool.commandName.uppercased(), "1")
        text.macro("Os")
        text.macro("Sh", "NAME")
        text.macro("Nm", tool.commandName)
        text.macro("Nd", Self.asPhrase(tool.abstract ?? ""))
        text.macro("Sh", "SYNOPSIS")
        for command in tool.leaves {
            text.macro("Nm", command.path)
            synopsis(of: command)
        }
        text.macro("Sh", "DESCRIPTION")
        let discussion = Discussion(tool.discussion ?? "")
        text.paragraph(tool.abstract ?? "")
        for block in discussion.blocks {
            text.macro("Pp")
            add(block)
        }
    }

    private mutating func synopsis(of command: CommandDescription) {
        let options = command.shownArguments.filter { $0.kind != .positional }
        for option in options where !option.isOptional { text.raw("." + Self.usage(of: option)) }
        if options.contains(where: \.isOptional) { text.raw(".Op Ar options") }
        for argument in command.shownArguments where argument.kind == .positional {
            let usage = Self.usage(of: argument)
            text.raw(argument.isOptional ? ".Op \(usage)" : ".\(usage)")
        }
    }

    private mutating func options() {
        text.macro("Sh", "OPTIONS")
        text.paragraph("Every command has --help, which says the same as this manual.")
        for command in tool.leaves {
            text.macro("Ss", command.path)
            text.paragraph(command.abstract ?? "")
            for block in Discussion(command.discussion ?? "").blocks {
                text.macro("Pp")
                add(block)
            }
            guard !command.shownArguments.isEmpty else { continue }
            text.macro("Bl", "-tag", "-width", "Ds")
            for argument in command.shownArguments {
                text.raw(".It " + Self.usage(of: argument))
                text.paragraph(argument.meaning)
            }
            text.macro("El")
        }
    }

    private mutating func environment() {
        text.macro("Sh", "ENVIRONMENT")
        text.macro("Bl", "-tag", "-width", "Ds")
        let others = [
            (SettingLayer.fileVariable, "A file of settings in YAML, where --config names none."),
            (
                "DRAGOMAN_KAFKA_\u{2026}",
                "A property of librdkafka, in capitals and with _ for the dots: DRAGOMAN_KAFKA_SASL_PASSWORD is "
                    + "sasl.password. With _FILE at the end it names a file that holds the value."
            ),
            ("DRAGOMAN_CPU", "The kernels to compute with: scalar or avx2. (default: the fastest there are)"),
            ("NO_COLOR", "Where it is set, nothing is coloured."),
        ]
        let settings = SettingKey.allCases.map { ($0.variable, "\($0.meaning) (default: \($0.standard))") }
        for (variable, meaning) in settings + others {
            text.raw(".It Ev " + variable.replacing("\u{2026}", with: "*"))
            text.paragraph(meaning)
        }
        text.macro("El")
    }

    private mutating func files() {
        text.macro("Sh", "FILES")
        text.paragraph(
            "No file is read that is not named. The one that --config names holds settings in YAML: the key audio.roots is "
                + "roots under audio, and so on; what stands under kafka are properties of librdkafka. "
                + "Config/dragoman.yaml among the sources has every key with a comment.")
    }

    private mutating func exitStatus() {
        text.macro("Sh", "EXIT STATUS")
        text.macro("Bl", "-tag", "-width", "Ds")
        for status in ExitStatus.allCases {
            text.raw(".It \(status.rawValue)")
            text.paragraph(status.meaning)
        }
        text.macro("El")
    }

    private mutating func examples() {
        text.macro("Sh", "EXAMPLES")
        let commands = tool.leaves.map { (command: $0, examples: Discussion($0.discussion ?? "").examples) }
        for (index, each) in commands.filter({ !$0.examples.isEmpty }).enumerated() {
            if index > 0 { text.macro("Pp") }
            text.paragraph(each.command.abstract ?? each.command.path)
            text.literal(each.examples)
        }
    }

    private mutating func add(_ block: Discussion.Block) {
        switch block {
        case .paragraph(let words): text.paragraph(words)
        case .literal(let lines): text.literal(lines)
        }
    }

    /// Names and value of an argument as macros.
    private static func usage(of argument: CommandDescription.Argument) -> String {
        let value = argument.valueName ?? ""
        let dots = argument.isRepeating ? " ..." : ""
        switch argument.kind {
        case .positional: return "Ar \(value)\(dots)"
        case .flag: return names(argument).map { "Fl \($0)" }.joined(separator: " , ")
        case .option: return names(argument).map { "Fl \($0)" }.joined(separator: " , ") + " Ar \(value)\(dots)"
        }
    }

    /// As `Fl` wants them, which writes a hyphen itself.
    private static func names(_ argument: CommandDescription.Argument) -> [String] {
        (argument.names ?? []).map { String($0.written.dropFirst()).replacing("-", with: "\\-") }
    }

    /// A sentence as what stands behind a name: without capital and full stop.
    private static func asPhrase(_ sentence: String) -> String {
        let phrase = sentence.hasSuffix(".") ? String(sentence.dropLast()) : sentence
        return phrase.prefix(1).lowercased() + phrase.dropFirst()
    }
}

extension CommandDescription.Argument {
    /// What it does, its values and its default.
    fileprivate var meaning: String {
        var parts = [abstract ?? ""]
        if let allValues, !allValues.isEmpty { parts.append("(values: \(allValues.joined(separator: ", ")))") }
        if let defaultValue { parts.append("(default: \(defaultValue))") }
        return parts.filter { !$0.isEmpty }.joined(separator: " ")
    }
}
