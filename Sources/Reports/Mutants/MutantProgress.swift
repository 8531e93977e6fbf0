// SPDX-License-Identifier: GPL-3.0-or-later

import Judgement
package import ResultArchive
package import Vocabulary

/// Turns what happens to mutants into what a person sees meanwhile; it is pure, like `Progress`.
///
/// On a terminal the last line tells what is compiled and what runs; elsewhere there are only lines
/// that stay.
package struct MutantProgress: Sendable {
    private let columns: Int?
    private let ink: Ink
    private let count: Int
    private var ended = 0
    /// What the compiler is at: mutant, and how many objects.
    private var compiling: String?
    /// What runs, by mutant.
    private var running: [KernelName: String] = [:]
    private var isLineShown = false

    /// Makes a model for a terminal of so many columns, or for a file where there are none.
    package init(of count: Int, columns: Int?, ink: Ink) {
        self.count = count
        self.columns = columns
        self.ink = ink
    }

    /// The compiler has begun an object.
    package mutating func compiles(_ name: KernelName, objects: Int, current: String) -> String {
        compiling = "compiling \(safe(name.text)): \(objects) objects, \(safe(current))"
        return cleared() + status()
    }

    /// Something happens on a board of a mutant.
    package mutating func runs(_ name: KernelName, _ event: JournalEvent) -> String {
        switch event {
        case .boardBooting(let board): running[name] = "\(board) boots"
        case .caseBegan(let board, let suite, let entry, _):
            running[name] = "\(board) \(suite)/\(entry)"
        case .runEnded: running[name] = nil
        default: return ""
        }
        return cleared() + status()
    }

    /// A mutant is judged.
    package mutating func ends(_ record: MutantRecord, wasKnown: Bool) -> String {
        ended += 1
        running[record.name] = nil
        let broken = record.boards.map { trial in
            "\(trial.board): "
                + (trial.broken.isEmpty
                    ? "nothing" : trial.broken.map(\.text).joined(separator: " "))
        }
        let time = Duration.milliseconds(record.compileMilliseconds)
        let how = wasKnown ? "known from before" : "compiled in \(spoken(time))"
        let line =
            "\(ended)/\(count)  \(safe(record.name.text))  \(record.painted(by: ink))  "
            + (broken.isEmpty ? "" : "(\(broken.joined(separator: "; ")))  ") + "\(how), ran for "
            + spoken(.milliseconds(record.runMilliseconds))
        let fault = record.fault ?? record.boards.compactMap(\.fault).first
        let trouble = fault.map { "\n    \(safe($0.description))" } ?? ""
        return cleared() + line + trouble + "\n" + status()
    }

    /// Says why nothing seems to happen: a download, a kernel that is compiled.
    package mutating func announce(_ line: String) -> String {
        cleared() + "doorbell: \(safe(line))\n" + status()
    }

    /// Gives the text that removes the last line.
    package mutating func finish() -> String { cleared() }

    private mutating func cleared() -> String {
        defer { isLineShown = false }
        return isLineShown ? "\r\u{1b}[2K" : ""
    }

    private mutating func status() -> String {
        guard let columns else { return "" }
        let runs = running.sorted { $0.key.text < $1.key.text }.map { "\($0.key) on \($0.value)" }
        let parts = [compiling].compactMap { $0 } + runs
        guard !parts.isEmpty else { return "" }
        isLineShown = true
        let line = "\(ended)/\(count)  " + parts.joined(separator: "  |  ")
        // A line as wide as the terminal would wrap, and then could not be rewritten.
        return String(line.prefix(max(1, columns - 1)))
    }
}
