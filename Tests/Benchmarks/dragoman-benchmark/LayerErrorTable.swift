import Foundation

/// The errors of several files side by side.
struct LayerErrorTable {
    private let columns: [LayerErrorColumn]

    init(_ columns: [LayerErrorColumn]) { self.columns = columns }

    func print() {
        line("relative l2 error", columns.map(\.name))
        section("", columns.map(\.encoder))
        section("reading the reference's encoding", columns.map(\.decoderAlone))
        section("reading its own encoding", columns.map(\.decoder))
    }

    private func section(_ title: String, _ decoders: [LayerErrorColumn.Decoder]) {
        section(title, decoders.map(\.stages))
        line("same best token", decoders.map { "\($0.sameBest) of \($0.rows)" })
        line("divergence, nats", decoders.map { String(format: "%.2e", $0.divergence) })
    }

    private func section(_ title: String, _ stages: [[LayerErrorColumn.Stage]]) {
        if !title.isEmpty { Swift.print("\n\(title)") }
        for (index, stage) in (stages.first ?? []).enumerated() {
            line(stage.name, stages.map { String(format: "%.2e", $0[index].error) })
        }
    }

    private func line(_ title: String, _ values: [String]) {
        let cells = zip(columns, values).map { column, value in
            String(repeating: " ", count: max(12, column.name.count + 2) - value.count) + value
        }
        Swift.print(title.padding(toLength: 24, withPad: " ", startingAt: 0) + cells.joined())
    }
}
