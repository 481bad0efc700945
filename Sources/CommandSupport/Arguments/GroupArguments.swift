import ArgumentParser
import Jobs

package struct GroupArguments: SettingArguments {
    @Option(help: "Consumer group of the workers, one per model. (default: the prefix without its dot)")
    package var group: String?

    package init() {}

    package func flags() -> SettingLayer {
        var flags = SettingLayer(.flag)
        flags.set(.group, group, flag: "--group")
        return flags
    }

    package func name(_ settings: Settings, topics: TopicNames) throws -> String {
        if let group = try settings.overridden(by: self).string(.group) { return group }
        let name = topics.prefix.trimmingSuffix { $0 == "." || $0 == "-" || $0 == "_" }
        return name.isEmpty ? "dragoman" : name
    }
}

extension String {
    fileprivate func trimmingSuffix(while isTrimmed: (Character) -> Bool) -> String {
        var text = self
        while let last = text.last, isTrimmed(last) { text.removeLast() }
        return text
    }
}
