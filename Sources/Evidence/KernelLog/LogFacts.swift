// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// What a kernel says of its board while it boots.
package enum LogFact: Sendable, Hashable, Codable {
    /// `Linux version 6.1.0-56-arm64 …`: the whole banner.
    case banner(String)
    /// `GICv2m: range[mem 0x…-0x…], SPI[80:143]` (`irq-gic-v2m.c`, 6.12).
    case frame(base: PhysicalAddress, last: PhysicalAddress, spis: ClosedRange<InterruptID>)
    /// `ITS [mem 0x08080000-0x0809ffff]` (`irq-gic-v3-its.c`, 6.1).
    case its(base: PhysicalAddress, last: PhysicalAddress)
    /// `GICv3: MBI range [256:287]` (`irq-gic-v3-mbi.c`, 6.12).
    case messageRange(ClosedRange<InterruptID>)
    /// `GICv3: Using MBI frame 0x…` (`irq-gic-v3-mbi.c`, 6.12).
    case messageFrame(base: PhysicalAddress)
    /// `arm-smmu-v3 …: ias 44-bit, oas 44-bit (features …)`.
    case smmu(name: String, inputBits: UInt64, outputBits: UInt64, features: UInt64?)
    /// `arm-smmu …: \tstage 2 translation`, a line for each stage that is there (`arm-smmu.c`, 6.12).
    case stage(name: String, stage: UInt64)
    /// `…: No interrupt remapping support. …`, or `platform` in place of `interrupt` later.
    case noInterruptRemapping

    /// Reads one message; nothing for the most.
    package init?(_ message: String) {
        guard
            let fact = Self.frame(message) ?? Self.its(message) ?? Self.messages(message)
                ?? Self.smmu(message) ?? Self.stage(message) ?? Self.words(message)
        else { return nil }
        self = fact
    }

    private static func words(_ message: String) -> LogFact? {
        if message.hasPrefix("Linux version ") { return .banner(message) }
        return message.contains("No interrupt remapping support") ? .noInterruptRemapping : nil
    }

    private static func frame(_ message: String) -> LogFact? {
        var scanner = LineScanner(message)
        guard scanner.upTo("GICv2m: range[mem ") != nil,
            let (base, last) = range(&scanner), scanner.skip("], SPI["),
            let first = scanner.decimal().flatMap(UInt32.init(exactly:)), scanner.skip(":"),
            let final = scanner.decimal().flatMap(UInt32.init(exactly:)), scanner.skip("]"),
            first <= final
        else { return nil }
        return .frame(
            base: base, last: last,
            spis: InterruptID(rawValue: first)...InterruptID(rawValue: final))
    }

    private static func its(_ message: String) -> LogFact? {
        var scanner = LineScanner(message)
        guard scanner.skip("ITS [mem "), let (base, last) = range(&scanner), scanner.skip("]")
        else { return nil }
        return .its(base: base, last: last)
    }

    private static func messages(_ message: String) -> LogFact? {
        var scanner = LineScanner(message)
        if scanner.skip("GICv3: Using MBI frame ") {
            return scanner.hexadecimal().map { .messageFrame(base: PhysicalAddress(rawValue: $0)) }
        }
        guard scanner.skip("GICv3: MBI range ["),
            let first = scanner.decimal().flatMap(UInt32.init(exactly:)), scanner.skip(":"),
            let last = scanner.decimal().flatMap(UInt32.init(exactly:)), scanner.skip("]"),
            first <= last
        else { return nil }
        return .messageRange(InterruptID(rawValue: first)...InterruptID(rawValue: last))
    }

    private static func range(
        _ scanner: inout LineScanner
    ) -> (PhysicalAddress, PhysicalAddress)? {
        guard let first = scanner.hexadecimal(), scanner.skip("-"),
            let last = scanner.hexadecimal(), first <= last
        else { return nil }
        return (PhysicalAddress(rawValue: first), PhysicalAddress(rawValue: last))
    }

    private static func smmu(_ message: String) -> LogFact? {
        var scanner = LineScanner(message)
        guard scanner.skip("arm-smmu"), let name = scanner.upTo(": ias "),
            let input = scanner.decimal(), scanner.skip("-bit, oas "),
            let output = scanner.decimal()
        else { return nil }
        let features = scanner.skip("-bit (features ") ? scanner.hexadecimal() : nil
        return .smmu(
            name: "arm-smmu" + name, inputBits: input, outputBits: output, features: features)
    }

    private static func stage(_ message: String) -> LogFact? {
        var scanner = LineScanner(message)
        guard scanner.skip("arm-smmu"), let name = scanner.upTo(": \tstage "),
            let stage = scanner.decimal(), scanner.skip(" translation")
        else { return nil }
        return .stage(name: "arm-smmu" + name, stage: stage)
    }
}
