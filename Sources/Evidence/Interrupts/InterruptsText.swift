// SPDX-License-Identifier: GPL-3.0-or-later

/// Reads `/proc/interrupts` (`kernel/irq/proc.c`, 6.1 and 6.12).
package enum InterruptsText {
    /// Reads all numbered interrupts; `IPI0:`, `Err:` and their like hold no device's.
    package static func parse(_ text: RawText) -> Parsed<InterruptLine> {
        let lines = text.lines
        guard let header = lines.first else { return Parsed() }
        let names = header.text.split(separator: " ")
        guard !names.isEmpty, names.allSatisfy({ $0.hasPrefix("CPU") }) else {
            return Parsed(damage: [Damage(.unparsable, header, expected: "CPU0 CPU1 …")])
        }
        return Parsed.each(lines.dropFirst()) { (line) throws(Damage) -> InterruptLine? in
            try interrupt(line, cpus: names.count)
        }
    }

    private static func interrupt(
        _ line: RawLine, cpus: Int
    ) throws(Damage) -> InterruptLine? {
        var scanner = LineScanner(line.text)
        scanner.skipSpaces()
        guard let label = scanner.upTo(":"), !label.isEmpty else {
            throw Damage(.unparsable, line, expected: "an interrupt and its counts")
        }
        guard label.allSatisfy(\.isWholeNumber) else { return nil }
        guard let number = UInt64(label) else {
            throw Damage(.outOfRange, line, expected: "an interrupt number")
        }
        var counts: [UInt64] = []
        for _ in 0..<cpus {
            scanner.skipSpaces()
            guard let count = scanner.decimal() else {
                throw Damage(.incomplete, line, expected: "\(cpus) counts")
            }
            counts.append(count)
        }
        return try tail(of: scanner, number: number, counts: counts, line: line)
    }

    /// Takes chip, number in its domain, trigger and actions.
    private static func tail(
        of scanner: LineScanner, number: UInt64, counts: [UInt64], line: RawLine
    ) throws(Damage) -> InterruptLine {
        var scanner = scanner
        guard let chip = scanner.word() else {
            throw Damage(.incomplete, line, expected: "the name of the irqchip")
        }
        scanner.skipSpaces()
        let hardwareNumber = scanner.decimal()
        scanner.skipSpaces()
        _ = scanner.skip("Edge") || scanner.skip("Level")
        scanner.skipSpaces()
        let actions = scanner.rest.split(separator: ", ").map { String($0) }
        return InterruptLine(
            number: number, counts: counts, chip: String(chip), hardwareNumber: hardwareNumber,
            actions: actions, line: line)
    }
}
