import ArgumentParser

/// How subtitles are laid out.
struct SubtitleArguments: ParsableArguments {
    @Option(help: ArgumentHelp("Columns of a line of subtitles. (default: 42)", valueName: "number"))
    var lineLength: Int?

    @Option(help: ArgumentHelp("Lines of subtitles shown together. (default: 2)", valueName: "number"))
    var linesTogether: Int?

    @Option(
        help: ArgumentHelp(
            "Columns a second that a reader can take in: subtitles stay for longer where there is room. (default: 20)",
            valueName: "number"))
    var readingSpeed: Double?

    func validate() throws {
        if let lineLength, !(10...200).contains(lineLength) {
            throw ValidationError("--line-length: expected 10 to 200 columns")
        }
        if let linesTogether, !(1...4).contains(linesTogether) {
            throw ValidationError("--lines-together: expected 1 to 4 lines")
        }
        if let readingSpeed, !(1...100).contains(readingSpeed) {
            throw ValidationError("--reading-speed: expected 1 to 100 columns a second")
        }
    }

    var options: SubtitleOptions {
        var options = SubtitleOptions()
        if let lineLength { options.lineLength = lineLength }
        if let linesTogether { options.lines = linesTogether }
        if let readingSpeed { options.readingSpeed = readingSpeed }
        return options
    }
}
