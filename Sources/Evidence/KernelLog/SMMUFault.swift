// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// An access that an SMMU refused, as its driver logs it.
package struct SMMUFault: Sendable, Hashable, Codable {
    /// The address that the device put on the bus; nothing where the lines that tell it are lost.
    package var address: IOVA?
    /// The line that begins it.
    package let line: RawLine

    package init(address: IOVA?, line: RawLine) {
        self.address = address
        self.line = line
    }

    /// Finds every fault in a log.
    ///
    /// SMMUv3 logs `event 0x10 received:` and the event's four double words, of which the third is
    /// the address (`arm_smmu_evtq_thread`, 6.1); SMMUv1 and v2 log `Unhandled context fault: …
    /// iova=0x…` (`arm_smmu_context_fault`, 6.12).
    package static func all(in log: [LogLine]) -> [SMMUFault] {
        var faults: [SMMUFault] = []
        var words = 4
        for line in log {
            if let word = word(line.message), words < 4, !faults.isEmpty {
                if words == 2 { faults[faults.count - 1].address = IOVA(rawValue: word) }
                words += 1
            } else if TroubleKind(line.message) == .smmuEvent {
                words = 0
                faults.append(SMMUFault(address: contextAddress(line.message), line: line.line))
            }
        }
        return faults
    }

    /// A double word of an event: `arm-smmu-v3 9050000.smmuv3: 	0x0000001000000010`.
    private static func word(_ message: String) -> UInt64? {
        guard message.contains("smmu"),
            let last = message.split(whereSeparator: { $0 == " " || $0 == "\t" }).last,
            last.hasPrefix("0x"), last.count == 18
        else { return nil }
        return Hexadecimal.value(last)
    }

    private static func contextAddress(_ message: String) -> IOVA? {
        var scanner = LineScanner(message)
        guard scanner.upTo("iova=") != nil else { return nil }
        return scanner.hexadecimal().map { IOVA(rawValue: $0) }
    }
}
