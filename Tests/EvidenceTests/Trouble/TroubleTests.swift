// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import Testing

@Suite("Trouble on a console")
struct TroubleTests {
    private func scan(_ parts: [ArraySlice<UInt8>]) -> [KernelTrouble] {
        var scanner = TroubleScanner()
        var found: [KernelTrouble] = []
        for part in parts { found += scanner.take(part) }
        return found + scanner.finish()
    }

    /// Each kind of trouble once, in the order in which it came first.
    private func kinds(_ troubles: [KernelTrouble]) -> [String] {
        var seen: Set<String> = []
        return troubles.map(\.description).filter { seen.insert($0).inserted }
    }

    @Test("is found in real logs, with the function that it happened in", arguments: ConsoleLog.all)
    func realLogs(_ log: ConsoleLog) throws {
        let found = scan([try log.bytes[...]])
        #expect(kinds(found) == log.troubles)
    }

    @Test("stands on the line that says so")
    func lines() throws {
        for log in ConsoleLog.all {
            let lines = try log.bytes.split(
                separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false
            ).map { String(decoding: $0, as: UTF8.self) }
            for trouble in scan([try log.bytes[...]]) {
                #expect(lines[trouble.line].contains(trouble.text), "\(log.name) \(trouble)")
            }
        }
    }

    @Test("is the same however the bytes are cut", arguments: ConsoleLog.all)
    func randomCuts(_ log: ConsoleLog) throws {
        let bytes = try log.bytes
        let whole = scan([bytes[...]])
        let seed = UInt64.random(in: 0 ... .max)
        var chance = SeededGenerator(seed: seed)
        let cuts = (0..<200).map { _ in Int.random(in: 0...bytes.count, using: &chance) }.sorted()
        let bounds = [0] + cuts + [bytes.count]
        let parts = zip(bounds, bounds.dropFirst()).map { bytes[$0..<$1] }
        #expect(scan(parts) == whole, "seed \(seed)")
        #expect(scan(bytes.indices.map { bytes[$0...$0] }) == whole)
    }

    /// Interleaved CPUs, missing line ends, escapes, NULs, no UTF-8, callers' names.
    private static let nasty =
        Array("noise[    1.000001] WARNING: CPU: 1 PID: 7 at a.c:9 one+0x1/0x2\r\n".utf8)
        + Array("\u{1b}[2J\u{1b}[01;01H[    2.000001][   T14] Unable to handle kernel paging".utf8)
        + Array("\0 request at virtual \u{1b}[0maddress 0000000000000010\r\n".utf8)
        + Array(
            "[    2.000002][   C1] watchdog: BUG: soft lockup - CPU#1 stuck for 8s! [x:1]\n".utf8)
        + Array("[    2.000003][  T14] Internal error: Oops: 96000044 [#1] SMP\n".utf8)
        + Array("[    2.000004][   C1] pc : two.isra.0+0x10/0x20 [mod]\n".utf8)
        + Array("[    2.000005][  T14] pc : three+0x10/0x20\n".utf8) + [0xff, 0xfe, 0x0a]
        + Array("arm-smmu-v3 9.smmu: event 0x10 received:[    3.000001] BUG: Bad page state".utf8)
        + Array(" in process cat  pfn:1234\n[    4.000001] DEBUG: no trouble\n".utf8)
        + Array("[    5.000001] ITS@0x0000000008080000: failed probing (-22)".utf8)

    @Test("is told apart in interleaved, torn and dirty text, at every cut")
    func everyCut() {
        let whole = scan([Self.nasty[...]])
        #expect(
            kinds(whole) == [
                "warning: WARNING in one", "softLockup: soft lockup in two",
                "oops: Unable to handle kernel paging request in three",
                "smmuEvent: SMMU event F_TRANSLATION",
                "interruptController: ITS: failed probing (-N)", "bug: BUG: Bad page state",
            ])
        #expect(whole.map(\.line) == [0, 2, 1, 7, 9, 7])
        for cut in Self.nasty.indices {
            #expect(scan([Self.nasty[..<cut], Self.nasty[cut...]]) == whole, "cut at \(cut)")
        }
    }

    @Test("is found beneath escapes and NULs wherever they stand", arguments: ConsoleLog.all)
    func dirt(_ log: ConsoleLog) throws {
        let seed = UInt64.random(in: 0 ... .max)
        var chance = SeededGenerator(seed: seed)
        var dirty: [UInt8] = []
        for byte in try log.bytes {
            if byte != 0x1b, Int.random(in: 0..<50, using: &chance) == 0, !log.hasEscapes {
                dirty += [[0], Array("\u{1b}[1;31m".utf8), [0x07]].randomElement(using: &chance)!
            }
            dirty.append(byte)
        }
        #expect(kinds(scan([dirty[...]])) == log.troubles, "seed \(seed)")
    }

    @Test("that is gone is a death: a panic's reason, or a reboot")
    func deaths() throws {
        let oops = KernelTrouble(kind: .oops, title: "null in f", line: 3, text: "Unable to")
        let panic = KernelTrouble(
            kind: .panic, title: "kernel panic", line: 9,
            text: "Kernel panic - not syncing: Oops: Fatal exception")
        let other = KernelTrouble(kind: .panic, title: "kernel panic", line: 9, text: "VFS")
        #expect([oops, panic].death == oops)
        #expect([panic].death == panic)
        #expect([oops, other].death == other)
        #expect([oops].death == nil)
    }

    @Test("is cut where a board writes without end")
    func endless() {
        let long = Array("BUG: ".utf8) + [UInt8](repeating: UInt8(ascii: "a"), count: 100_000)
        let found = scan([long[...]])
        #expect(found.count == 1)
        #expect((found.first?.title.utf8.count ?? 0) <= 200)
        #expect((found.first?.text.utf8.count ?? 0) <= 4096)
    }
}

extension ConsoleLog {
    /// Firmware's own escapes would be torn by others.
    var hasEscapes: Bool { name.contains("acpi") }
}
