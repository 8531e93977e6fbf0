// SPDX-License-Identifier: GPL-3.0-or-later

/// The reports that are being written, at most one for each caller.
struct OpenReports: Sendable {
    /// More callers at once are no kernel's: a board may write anything.
    private static let most = 64

    private var open: [String?: TroubleReport] = [:]
    /// Functions of warnings that are complete, whose registers and calls are still to come.
    private var told: [String?: String] = [:]
    /// Callers whose lines belong to a warning that is complete.
    private var skipped: Set<String?> = []

    /// Begins a report, and gives what is complete by that.
    mutating func begin(
        _ sign: TroubleSign, _ message: KernelMessage, _ line: Int
    ) -> [KernelTrouble] {
        if sign.goesOn, open[message.caller] != nil {
            open[message.caller]?.goOn()
            return []
        }
        let report = TroubleReport(sign, line: line, text: message.text)
        if let function = sign.function, !FunctionName.isHelper(function) {
            // A CPU that dies may be in the middle of its report: that one goes on behind this.
            tell(function, of: message.caller)
            return [report.trouble(in: function)]
        }
        // What says all in one line may come in the middle of another CPU's report.
        guard sign.isTraced || sign.kind == .panic else { return [report.trouble()] }
        let closed = close(message.caller)
        guard sign.isTraced, open.count < Self.most else { return closed + [report.trouble()] }
        open[message.caller] = report
        skipped.remove(message.caller)
        return closed
    }

    /// Goes on with a report, if the line belongs to one.
    mutating func goOn(_ message: KernelMessage, _ bytes: MessageBytes) -> [KernelTrouble] {
        let caller = message.caller
        guard open[caller] != nil else { return [] }
        let counter = bytes.end(ofWord: "pc : ")
        let function = FunctionName.read(counter.map { bytes.text(from: $0) } ?? message.text)
        if let counter { setSkipped(caller, function, atPlace: counter) }
        guard !skipped.contains(caller) else { return [] }
        let complete = open[caller]?.take(function, endsHere: bytes.holds("---[ end trace"))
        if complete != nil { open[caller] = nil }
        return complete.map { [$0] } ?? []
    }

    /// Ends all reports: they are complete as they are, in the order of their lines.
    mutating func closeAll() -> [KernelTrouble] {
        defer { self = OpenReports() }
        return open.values.map { $0.trouble() }.sorted { $0.line < $1.line }
    }

    private mutating func close(_ caller: String?) -> [KernelTrouble] {
        open.removeValue(forKey: caller).map { [$0.trouble()] } ?? []
    }

    private mutating func tell(_ function: String, of caller: String?) {
        if told.count >= Self.most { told = [:] }
        told[caller] = function
    }

    /// Registers of a warning that is complete are not those of the report that is open.
    private mutating func setSkipped(_ caller: String?, _ function: String?, atPlace: Int) {
        if let function, told[caller] == function {
            told[caller] = nil
            skipped.insert(caller)
        } else {
            skipped.remove(caller)
        }
    }
}
