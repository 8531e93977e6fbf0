// SPDX-License-Identifier: GPL-3.0-or-later

/// A report of trouble that goes over many lines, until the function is found that it happened in.
struct TroubleReport: Sendable {
    /// A report with its registers and calls is shorter; what comes later is something else.
    private static let longest = 200

    let kind: TroubleKind
    private let title: String
    private let line: Int
    private let text: String
    private var linesLeft = Self.longest
    /// Whether the lines that name the function are still to be announced.
    private var awaitsMore: Bool

    init(_ sign: TroubleSign, line: Int, text: String) {
        kind = sign.kind
        title = sign.title
        awaitsMore = sign.awaitsMore
        self.line = line
        self.text = text
    }

    /// The trouble, in a function where one is known.
    func trouble(in function: String? = nil) -> KernelTrouble {
        KernelTrouble(
            kind: kind, title: function.map { "\(title) in \($0)" } ?? title, line: line,
            text: text)
    }

    /// Hears that the registers come now.
    mutating func goOn() { awaitsMore = false }

    /// Takes a line of the report, and gives the trouble when that is complete.
    mutating func take(_ function: String?, endsHere: Bool) -> KernelTrouble? {
        if !awaitsMore, let function, !FunctionName.isHelper(function) {
            return trouble(in: function)
        }
        linesLeft -= 1
        return (endsHere && !awaitsMore) || linesLeft == 0 ? trouble() : nil
    }
}
