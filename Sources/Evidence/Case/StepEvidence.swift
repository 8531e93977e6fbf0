// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// What was read right after a step.
package struct StepEvidence: Sendable, Codable {
    package var interrupts: InterruptTable?
    package var configuration: [PCIAddress: ConfigurationBytes] = [:]
    package var msixTables: [PCIAddress: [MSIXEntry]] = [:]
    package var pendingVectors: [PCIAddress: Set<VectorIndex>] = [:]
    /// What the kernel's log gained during the step, where that was read.
    package var log: [LogLine]?
    /// What was seen from outside the board meanwhile; nothing where nobody looked.
    package var observer: ObserverWindow?
    package var groups: [PCIAddress: GroupEvidence] = [:]

    package init() {}

    /// Parses a text into its place and gives the damage that is in it.
    mutating func take(_ text: RawText) -> [SourcedDamage] {
        let damage: [Damage]
        switch text.source {
        case .interrupts:
            let parsed = InterruptsText.parse(text)
            interrupts = InterruptTable(lines: parsed.values)
            damage = parsed.damage
        case .configurationSpace(let device):
            let (space, found) = ConfigurationBytes.parse(text)
            configuration[device] = space
            damage = found
        case .msixTable(let device):
            damage = Self.keep(MSIXTableText.parse(text), in: &msixTables[device])
        case .pendingBits(let device):
            let parsed = PendingBitsText.parse(text)
            pendingVectors[device] = Set(parsed.values.flatMap(\.self))
            damage = parsed.damage
        case .kernelLog:
            log = KernelLogText.parse(text)
            damage = []
        case .observer:
            let (window, found) = ObserverText.parse(text)
            observer = window
            damage = found
        case .reservedRegions(let device):
            damage = Self.keep(
                ReservedRegionsText.parse(text),
                in: &groups[device, default: GroupEvidence()].reserved)
        case .groupMembers(let device):
            damage = Self.keep(
                GroupMembersText.parse(text),
                in: &groups[device, default: GroupEvidence()].members)
        case .groupType(let device):
            let parsed = DefaultDomain.parse(text)
            groups[device, default: GroupEvidence()].type = parsed.values.first
            damage = parsed.damage
        default: damage = []
        }
        return damage.map { SourcedDamage(source: text.source, damage: $0) }
    }

    private static func keep<Value>(
        _ parsed: Parsed<Value>, in place: inout [Value]?
    ) -> [Damage] {
        place = parsed.values
        return parsed.damage
    }
}
