// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// A piece of evidence as the board gave it, and where it is kept.
///
/// The text is never edited. Its parse stands beside it, and a finding names the line it rests on.
package struct RawText: Sendable, Hashable, Codable {
    /// What was read.
    package enum Source: Hashable, Sendable, Codable {
        /// The `trace` file of the case's own tracefs instance, clock `mono`, raw fields.
        case trace
        /// Per-CPU overrun counters of that instance (`per_cpu/cpu*/stats`).
        case traceStatistics
        /// `/proc/interrupts`.
        case interrupts
        /// `reserved_regions` of the group that holds this device.
        case reservedRegions(PCIAddress)
        /// `type` of the group that holds this device.
        case groupType(PCIAddress)
        /// One device address a line: the members of the group that holds this device.
        case groupMembers(PCIAddress)
        /// Config space in `lspci -xxxx` form, read through sysfs: the hardware's real registers.
        case configurationSpace(PCIAddress)
        /// The MSI-X table as the agent read it from the BAR: a line per entry, four words in hex.
        case msixTable(PCIAddress)
        /// The pending bits of MSI-X as the agent read them from the BAR: a 64-bit word a line, in
        /// hex.
        case pendingBits(PCIAddress)
        /// What QEMU's own trace points said of the board, each line behind its count: before the
        /// first step, during one step, or after the last.
        case observer
        /// The lines that the kernel's log gained, in the whole case or during one step.
        case kernelLog
        /// `/proc/iomem`.
        case ioMemory
        /// The whole kernel log from boot.
        case bootLog
        /// The flattened device tree, and the ACPI table of interrupt controllers (MADT), as
        /// `od -Ax -tx1` would print them.
        case deviceTree, interruptControllers
        /// The ACPI table of what stands between devices and memory (IORT), in the same form.
        case ioRemapping
        /// The board's `/sys/bus/pci` as it was mirrored.
        case pciInventory
        /// What a foreign program printed, and what it complained of.
        case programOutput, programErrors
        /// A file of pstore: what an earlier kernel left there when it died.
        case persistentStore
        /// `uname`, page size, module parameters, command line: `key=value` lines.
        case boardFacts
    }

    package var source: Source
    /// The file's name inside the folder of its case or board.
    package var file: String
    /// The text itself; left out of the JSON, where `file` says where it is.
    package var text: String

    package init(source: Source, file: String, text: String) {
        self.source = source
        self.file = file
        self.text = text
    }

    private enum CodingKeys: String, CodingKey { case source, file }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        source = try container.decode(Source.self, forKey: .source)
        file = try container.decode(String.self, forKey: .file)
        text = ""
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(source, forKey: .source)
        try container.encode(file, forKey: .file)
    }
}
