// SPDX-License-Identifier: GPL-3.0-or-later

package import Foundation

/// Cuts a console's bytes into lines and stamps each with the time of its first byte.
package struct ConsoleScanner {
    /// What one chunk of bytes became.
    package struct Scan {
        /// The bytes with a stamp at each line's beginning: what goes to the log file.
        package var log: [UInt8] = []
        package var lines: [ConsoleLine] = []
    }

    /// Of a longer line only this much is kept as text; the log file has all of it.
    package static let longestText = 4096

    private var text: [UInt8] = []
    private var beginning: (sincePowerOn: Duration, date: Date)?
    private var count = 0

    package init() {}

    /// The line that has no end yet: a prompt.
    package var unfinished: ConsoleLine? { beginning.map { line(from: $0) } }

    /// Takes a chunk of bytes that came at one moment.
    package mutating func take(_ bytes: some Sequence<UInt8>, at time: Duration, date: Date) -> Scan
    {
        var scan = Scan()
        for byte in bytes {
            if beginning == nil {
                beginning = (time, date)
                scan.log += ConsoleStamp.text(sincePowerOn: time, date: date).utf8
            }
            scan.log.append(byte)
            if byte == UInt8(ascii: "\n") {
                finish().map { scan.lines.append($0) }
            } else if text.count < Self.longestText {
                text.append(byte)
            }
        }
        return scan
    }

    /// Puts a line of our own into the log; a line of the board that it cuts ends there.
    package mutating func note(_ sentence: String, at time: Duration, date: Date) -> Scan {
        var scan = Scan()
        if beginning != nil { scan.log.append(UInt8(ascii: "\n")) }
        finish().map { scan.lines.append($0) }
        let stamp = ConsoleStamp.text(sincePowerOn: time, date: date, isNote: true)
        let oneLine = sentence.split(whereSeparator: \.isNewline).joined(separator: " / ")
        scan.log += Array("\(stamp)\(oneLine)\n".utf8)
        beginning = (time, date)
        text = Array(oneLine.utf8.prefix(Self.longestText))
        finish().map { scan.lines.append($0) }
        return scan
    }

    /// Ends the last line, which has no line end.
    package mutating func finish() -> ConsoleLine? {
        defer {
            if beginning != nil { count += 1 }
            beginning = nil
            text.removeAll(keepingCapacity: true)
        }
        return unfinished
    }

    private func line(from beginning: (sincePowerOn: Duration, date: Date)) -> ConsoleLine {
        var bytes = text[...]
        while bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
        return ConsoleLine(
            number: count, sincePowerOn: beginning.sincePowerOn, date: beginning.date,
            text: String(decoding: bytes, as: UTF8.self))
    }
}
