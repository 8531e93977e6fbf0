// SPDX-License-Identifier: GPL-3.0-or-later

/// Reads KTAP in whatever pieces it comes.
///
/// What a foreign program prints is untrusted: nothing in it is an error here, everything that
/// keeps results from being known is a flaw, and what is kept of it is bounded by its length.
package struct KTAPReader: Sendable {
    /// Tests that stand at one indentation.
    private struct Level: Sendable {
        let indentation: Int
        var plan: (count: Int, line: RawLine)?
        var results: [KTAPResult] = []
        var diagnostics: [RawLine] = []
        /// Tests inside of the one that has not told its own result yet.
        var inner: [KTAPResult] = []
    }

    private static let deepest = 32
    private static let mostDiagnostics = 100
    private static let mostResults = 20_000
    private static let mostFlaws = 100

    private var splitter: LineSplitter
    private var levels = [Level(indentation: 0)]
    private var report = KTAPReport()
    private var sawVersion = false
    private var lastLine: RawLine?
    private var told = 0

    package init(file: String) { splitter = LineSplitter(file: file) }

    /// Takes more of the text.
    package mutating func feed(_ bytes: some Collection<UInt8>) {
        for line in splitter.feed(bytes) { take(line) }
    }

    /// Takes that there is no more, and gives what was told.
    package mutating func finish() -> KTAPReport {
        if let rest = splitter.finish() {
            take(rest)
            // A result that is cut may have lost the directive that makes it right.
            if case .diagnostic = Self.form(of: rest).line {
            } else {
                flaw(.cutOff, "the text ends inside of a line", rest)
            }
        }
        closeLevels(above: 0)
        finishLevel(levels[0])
        report.results = levels[0].results
        report.trailing = levels[0].diagnostics
        if !levels[0].inner.isEmpty {
            report.results += levels[0].inner
            flaw(
                .cutOff, "the test that holds the last \(levels[0].inner.count) is missing",
                lastLine)
        }
        return report
    }

    private static func form(of line: RawLine) -> (indentation: Int, line: KTAPLine) {
        let text = line.text.prefix(4096)
        let bare = text.drop { $0 == " " || $0 == "\t" }
        return (text.count - bare.count, KTAPLine(bare))
    }

    private mutating func take(_ line: RawLine) {
        lastLine = line
        let (indentation, form) = Self.form(of: line)
        if case .diagnostic = form { return note(line) }
        move(to: indentation, line)
        let top = levels.count - 1
        switch form {
        case .version: sawVersion = true
        case .plan(let count, let skipped): plan(count, skipped, line, top)
        case .result(let number, let name, let outcome):
            add(number, name, outcome, line, top)
        case .bailOut(let reason):
            flaw(.bailedOut, "the program bailed out: \(reason)", line)
        case .diagnostic: break
        }
    }

    private mutating func note(_ line: RawLine) {
        guard !line.text.isEmpty else { return }
        let top = levels.count - 1
        levels[top].diagnostics.append(line)
        if levels[top].diagnostics.count > Self.mostDiagnostics {
            levels[top].diagnostics.removeFirst()
        }
    }

    private mutating func plan(_ count: Int, _ skipped: String?, _ line: RawLine, _ top: Int) {
        if levels[top].plan != nil { return flaw(.secondPlan, "there is a second plan", line) }
        levels[top].plan = (count, line)
        if let skipped, top == 0 { report.skipped = skipped }
    }

    private mutating func add(
        _ number: Int?, _ name: String, _ outcome: KTAPResult.Outcome, _ line: RawLine, _ top: Int
    ) {
        told += 1
        guard told <= Self.mostResults else {
            if told == Self.mostResults + 1 {
                flaw(.tooMany, "there are more than \(Self.mostResults) results", line)
            }
            return
        }
        let next = levels[top].results.count + 1
        if let number, number != next {
            flaw(.wrongNumber, "result \(next) calls itself \(number)", line)
        }
        levels[top].results.append(
            KTAPResult(
                number: number, name: name, outcome: outcome,
                diagnostics: levels[top].diagnostics, subtests: levels[top].inner, line: line))
        levels[top].diagnostics = []
        levels[top].inner = []
    }

    /// Closes what stands deeper than a line, and opens a level for one that stands deeper.
    private mutating func move(to indentation: Int, _ line: RawLine) {
        let depth = levels.count
        closeLevels(above: indentation)
        guard let top = levels.last, top.indentation < indentation else { return }
        guard levels.count < Self.deepest else {
            return flaw(.tooDeep, "tests are nested deeper than \(Self.deepest) times", line)
        }
        var level = Level(indentation: indentation)
        // What was just closed stood deeper than this line too.
        if levels.count < depth { swap(&level.inner, &levels[levels.count - 1].inner) }
        levels.append(level)
    }

    private mutating func closeLevels(above indentation: Int) {
        while levels.count > 1, let top = levels.last, top.indentation > indentation {
            levels.removeLast()
            finishLevel(top)
            let below = levels.count - 1
            levels[below].inner += top.results + top.inner
            levels[below].diagnostics += top.diagnostics
        }
    }

    /// Holds the number of results against the plan.
    private mutating func finishLevel(_ level: Level) {
        guard let plan = level.plan else {
            let isTold = !level.results.isEmpty || sawVersion && level.indentation == 0
            if isTold {
                flaw(.noPlan, "nothing says how many tests there are", level.results.first?.line)
            }
            return
        }
        guard level.results.count != plan.count else { return }
        flaw(
            .wrongCount, "\(level.results.count) of \(plan.count) planned tests are told", plan.line
        )
    }

    private mutating func flaw(_ kind: KTAPFlaw.Kind, _ words: String, _ line: RawLine?) {
        guard report.flaws.count < Self.mostFlaws else { return }
        report.flaws.append(KTAPFlaw(kind, words, line: line))
    }
}

extension KTAPReport {
    /// Reads a whole text.
    package init(_ text: RawText) {
        var reader = KTAPReader(file: text.file)
        reader.feed(text.text.utf8)
        self = reader.finish()
    }
}
