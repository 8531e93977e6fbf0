// SPDX-License-Identifier: GPL-3.0-or-later
import Vocabulary

/// The tracefs instance of a case: `events/iommu/*`, clock `mono`.
struct EventTrace {
    private let flags: String
    private let printsEnd: Bool
    /// M21: a careless kernel prints the last address instead of the end.
    private let printsLast: Bool
    private(set) var lines = ""
    private(set) var count = 0

    init(traits: KernelTraits, mutant: Mutant?) {
        flags = traits.traceFlags
        printsEnd = traits.printsRangeEnd
        printsLast = mutant == .m21
    }

    mutating func map(
        _ iova: IOVA, _ size: ByteCount, to page: PhysicalAddress, _ who: TraceAuthor
    ) {
        add(
            "map: IOMMU: iova=" + Self.long(iova.rawValue) + end(of: iova, size) + " paddr="
                + Self.long(page.rawValue) + " size=" + String(size.rawValue), who)
    }

    mutating func unmap(
        _ iova: IOVA, _ size: ByteCount, unmapped: ByteCount, _ who: TraceAuthor
    ) {
        add(
            "unmap: IOMMU: iova=" + Self.long(iova.rawValue) + end(of: iova, size) + " size="
                + String(size.rawValue) + " unmapped_size=" + String(unmapped.rawValue), who)
    }

    mutating func attach(_ device: PCIAddress, _ who: TraceAuthor) {
        add("attach_device_to_domain: IOMMU: device=\(device)", who)
    }

    private func end(of iova: IOVA, _ size: ByteCount) -> String {
        guard printsEnd else { return "" }
        let end = iova.rawValue &+ size.rawValue
        return " - " + Self.long(printsLast ? end &- 1 : end)
    }

    private static func long(_ value: UInt64) -> String { Hexadecimal.prefixed(value, width: 16) }

    /// `%16s-%-7d [%03d] flags %5lu.%06lu: ` (`trace_print_context`, 6.1).
    private mutating func add(_ event: String, _ who: TraceAuthor) {
        lines += who.head + flags + " " + who.clock.text(width: 5) + ": " + event + "\n"
        count += 1
    }

    /// The whole `trace` file.
    var text: String {
        """
        # tracer: nop
        #
        # entries-in-buffer/entries-written: \(count)/\(count)   #P:2
        #
        #                                _-----=> irqs-off/BH-disabled
        #                               / _----=> need-resched
        #                              | / _---=> hardirq/softirq
        #                              || / _--=> preempt-depth
        #                              ||| / _-=> migrate-disable
        #                              |||| /     delay
        #           TASK-PID     CPU#  |||||  TIMESTAMP  FUNCTION
        #              | |         |   |||||     |         |

        """ + lines
    }
}

/// Who causes a trace event, and when.
struct TraceAuthor {
    let head: String
    let clock: KernelClock

    init(process: Int32, clock: KernelClock) {
        let number = String(process)
        let padding = String(repeating: " ", count: max(0, 7 - number.utf8.count))
        head = "  doorbell-agent-\(number)\(padding) [001] "
        self.clock = clock
    }
}
