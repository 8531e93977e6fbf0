// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation

/// One of the process's output streams.
struct Terminal: Sendable {
    private let descriptor: Int32

    static let standardOutput = Terminal(descriptor: STDOUT_FILENO)
    static let standardError = Terminal(descriptor: STDERR_FILENO)
    /// Only asked whether a person is there.
    static let standardInput = Terminal(descriptor: STDIN_FILENO)

    /// Whether a person reads along.
    var isInteractive: Bool { isatty(descriptor) == 1 && environment("TERM") != "dumb" }

    /// Whether colours are wanted there (no-color.org).
    var hasColours: Bool { isInteractive && (environment("NO_COLOR") ?? "").isEmpty }

    /// How many columns there are; 100 where nobody knows.
    var columns: Int {
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 100 }
        return Int(size.ws_col)
    }

    /// Writes a line.
    func say(_ line: String) { write(line + "\n") }

    /// Writes text as it is.
    ///
    /// A reader that went away is no error: there is nobody left to tell.
    func write(_ text: String) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes {
                Foundation.write(descriptor, $0.baseAddress, $0.count)
            }
            if written < 0 && errno == EINTR { continue }
            guard written > 0 else { return }
            rest = rest.dropFirst(written)
        }
    }

    private func environment(_ name: String) -> String? {
        ProcessInfo.processInfo.environment[name]
    }
}
