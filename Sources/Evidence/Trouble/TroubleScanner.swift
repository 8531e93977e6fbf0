// SPDX-License-Identifier: GPL-3.0-or-later

/// Finds every trouble in a console's bytes, in whatever pieces they come.
///
/// It gives a trouble when that is complete: at once where one line says all, or with the line that
/// tells the function. CPUs that speak at once are told apart where the kernel names the caller.
package struct TroubleScanner: Sendable {
    private var text = ConsoleText()
    private var boots: BootWatcher
    private var reports = OpenReports()
    private var silence: SilenceWatch

    /// Begins at the first byte of a console.
    ///
    /// - Parameters:
    ///   - isRunning: whether a kernel runs already; otherwise the first boot is expected.
    ///   - longestSilence: after how long without a byte `tick` tells of silence; nothing for never.
    package init(isRunning: Bool = false, longestSilence: Duration? = nil) {
        boots = BootWatcher(isRunning: isRunning)
        silence = SilenceWatch(limit: longestSilence)
    }

    /// Lets one boot pass without calling it a reboot: somebody is about to ask for it.
    package mutating func expectBoot() { boots.expectBoot() }

    /// Takes bytes that came at a moment, counted from any beginning, and gives what they complete.
    package mutating func take(
        _ bytes: some Sequence<UInt8>, at time: Duration = .zero
    ) -> [KernelTrouble] {
        var found: [KernelTrouble] = []
        for byte in bytes {
            silence.hear(at: time)
            if let message = text.take(byte) { found += read(message) }
        }
        return found
    }

    /// Looks at the clock, and tells of silence once until another byte comes.
    package mutating func tick(at time: Duration) -> KernelTrouble? {
        silence.tick(at: time, line: text.line)
    }

    /// Ends: what has no line end counts as a line, and reports without a function are given.
    package mutating func finish() -> [KernelTrouble] {
        let last = text.end().map { read($0) } ?? []
        return last + reports.closeAll()
    }

    private mutating func read(_ line: (line: Int, bytes: [UInt8])) -> [KernelTrouble] {
        KernelMessage.all(in: line.bytes).flatMap { read($0, line.line) }
    }

    private mutating func read(_ message: KernelMessage, _ line: Int) -> [KernelTrouble] {
        let bytes = MessageBytes(message.text)
        if let banner = BootBanner(bytes) {
            // Whatever was reported until here, the kernel that did so is gone.
            let closed = banner.stage == .kernelVersion ? [] : reports.closeAll()
            guard boots.take(banner) else { return closed }
            return closed + [
                KernelTrouble(
                    kind: .reboot, title: "unexpected reboot, to \(banner.name)", line: line,
                    text: message.text)
            ]
        }
        guard let sign = TroubleSign(bytes) else { return reports.goOn(message, bytes) }
        return reports.begin(sign, message, line)
    }
}

/// Notices when a console says nothing for too long.
struct SilenceWatch: Sendable {
    let limit: Duration?
    private var lastHeard = Duration.zero
    private var isTold = false

    init(limit: Duration?) { self.limit = limit }

    mutating func hear(at time: Duration) { (lastHeard, isTold) = (time, false) }

    mutating func tick(at time: Duration, line: Int) -> KernelTrouble? {
        guard let limit, !isTold, time - lastHeard >= limit else { return nil }
        isTold = true
        return KernelTrouble(
            kind: .silence, title: "silence", line: line,
            text: "no byte for \((time - lastHeard).components.seconds) s")
    }
}
