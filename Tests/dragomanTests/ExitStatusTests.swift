import Foundation
import TestSupport
import Testing

/// Every exit code of the help, but for those the other suites produce.
@Suite(.timeLimit(.minutes(5))) struct ExitStatusTests {
    private static let nowhere = "127.0.0.1:1"

    @Test func helpAndVersion() async throws {
        let help = try await Tool.run(["--help"])
        #expect(help.status == 0 && help.output.contains("130  interrupted") && help.messages.isEmpty)
        let version = try await Tool.run(["--version"])
        #expect(version.status == 0 && version.output.split(separator: ".").count == 3)
        let command = try await Tool.run(["gather", "--help"])
        #expect(command.status == 0 && command.output.contains("USAGE: dragoman gather"))
    }

    @Test(arguments: [
        ["no-such-command"],
        ["gather"],
        ["gather", "b"],
        ["gather", "b", "--brokers", nowhere, "--timeout", "-1"],
        ["gather", "not an id", "--brokers", nowhere],
        ["gather", "b", "--brokers", nowhere, "--kafka-option", "nonsense"],
        ["gather", "b", "--brokers", nowhere, "--kafka-option", "no.such.property=1"],
        ["gather", "b", "--brokers", nowhere, "--prefix", "a b"],
        ["gather", "b", "--brokers", nowhere, "--config", "/missing.yaml"],
        ["submit", "/missing.wav", "--brokers", nowhere],
        ["submit", "/proc/self/fdinfo", "--brokers", nowhere],
        ["submit", "--brokers", nowhere],
        ["submit", "-", "-", "--brokers", nowhere],
        ["submit", "-", "--brokers", nowhere],
        ["submit", "--manifest", "/etc/hostname", "--brokers", nowhere],
        ["submit", "/etc/hostname", "--null", "--brokers", nowhere],
        ["submit", "/dev/null", "--brokers", nowhere],
        ["submit", "/etc/hostname", "--brokers", nowhere, "--label", "x"],
        ["submit", "/etc/hostname", "--brokers", nowhere, "--batch", "a b"],
        ["submit", "/etc/hostname", "--brokers", nowhere, "--deadline", "yesterday"],
        ["submit", "/etc/hostname", "--brokers", nowhere, "--deadline", "2020-01-01T00:00:00Z"],
        ["cancel", "--brokers", nowhere],
        ["cancel", "a b", "--brokers", nowhere],
        ["cancel", "b", "--brokers", nowhere, "--wait", "-1"],
        ["cancel", "b", "--brokers", nowhere, "--run", "-1"],
        ["dead-letters", "list", "--brokers", nowhere, "--limit", "0"],
        ["dead-letters", "list", "--brokers", nowhere, "--since", "soon"],
        ["dead-letters", "list", "--brokers", nowhere, "--lane", "jobs", "--topic", "t"],
        ["dead-letters", "show", "a b", "--brokers", nowhere],
        ["dead-letters", "replay", "--brokers", nowhere],
        ["dead-letters", "purge", "--yes", "--brokers", nowhere],
        ["dead-letters", "purge", "--all", "--brokers", nowhere],
        ["worker", "--brokers", nowhere],
        ["worker", "--brokers", nowhere, "--model", "m", "--name", "a b", "--audio-root", "/tmp"],
        ["broker", "--partitions", "0"],
        ["lag"],
        ["lag", "--brokers", nowhere, "--watch", "0"],
        ["topics", "check"],
        ["topics", "create", "--brokers", nowhere, "--partitions", "0"],
        ["topics", "create", "--brokers", nowhere, "--replication-factor", "0"],
        ["topics", "create", "--brokers", nowhere, "--topic-config", "nonsense"],
        ["doctor", "--kafka-option", "no.such.property=1"],
        ["config", "show", "--config", "/missing.yaml"],
        ["completions", "tcsh"],
    ])
    func wrongUsage(arguments: [String]) async throws {
        let outcome = try await Tool.run(arguments)
        #expect(outcome.status == 2, "\(outcome.messages)")
        #expect(outcome.output.isEmpty && !outcome.messages.isEmpty)
    }

    @Test func unreachableBroker() async throws {
        async let gathered = Tool.run(["gather", "b", "--brokers", Self.nowhere])
        async let submitted = Tool.run(["submit", "/etc/hostname", "--brokers", Self.nowhere])
        async let worked = Tool.run([
            "worker", "--brokers", Self.nowhere, "--model", DemoModel.checkpoint, "--audio-root", "/tmp",
        ])
        async let lag = Tool.run(["lag", "--brokers", Self.nowhere])
        async let topics = Tool.run(["topics", "check", "--brokers", Self.nowhere])
        async let cancelled = Tool.run(["cancel", "b", "--brokers", Self.nowhere])
        async let letters = Tool.run(["dead-letters", "list", "--brokers", Self.nowhere])
        for outcome in try await [gathered, submitted, worked, lag, topics, cancelled, letters] {
            #expect(outcome.status == 3 && outcome.messages.contains(Self.nowhere))
        }
    }

    @Test func timedOutAndInterrupted() async throws {
        let broker = try await BrokerProcess()
        #expect(broker.lines.first?.hasPrefix("bootstrap.servers=127.0.0.1:") == true)
        #expect(broker.lines.dropFirst() == ["heartbeat.interval.ms=1000", "session.timeout.ms=6000"])

        let late = try await Tool.run(["gather", "b", "--kafka-config", broker.configPath, "--timeout", "0.5"])
        #expect(late.status == 4 && late.messages.contains("no record of batch b"))

        let waiting = try RunningTool(["gather", "b", "--kafka-config", broker.configPath])
        try await waiting.waitFor { !$0.messages.isEmpty }
        waiting.send(SIGINT)
        #expect(try await waiting.outcome().status == 130)

        let stopped = try await broker.stop(SIGTERM)
        #expect(stopped.status == 0 && stopped.messages.contains("in memory"))
    }

    @Test func missingTopics() async throws {
        let broker = try await BrokerProcess()
        let outcome = try await Tool.run([
            "worker", "--kafka-config", broker.configPath, "--prefix", "other.", "--model", DemoModel.checkpoint,
            "--audio-root", "/tmp",
        ])
        #expect(outcome.status == 1 && outcome.messages.contains("topic other.jobs does not exist"))
    }
}
