// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// What a board says of itself, whatever case runs on it.
package struct BoardEvidence: Sendable, Codable {
    package var facts: [BoardFactsText.Fact] = []
    package var bootLog: [LogLine] = []
    /// MSI controllers as firmware tells them, from a device tree or ACPI.
    package var doorbells: [DoorbellNode] = []
    /// Which of them a device tree sends messages to.
    package var routes: [RequesterRoute] = []
    /// SMMUs as a device tree tells them.
    package var smmus: [SMMUNode] = []
    /// Which of them a device tree sends DMA through.
    package var streams: [RequesterRoute] = []
    /// Both of it as ACPI tells.
    package var remapping: IORT?
    /// The names that a device tree has for the board.
    package var machine: [String] = []
    package var memory: [MemoryRegion] = []
    package var groups: [PCIAddress: GroupEvidence] = [:]
    package var damage: [Damage] = []

    /// Parses the texts that it knows how to read and leaves the others alone.
    package init(texts: [RawText]) {
        for text in texts { take(text) }
    }

    /// A fact by its key.
    package func fact(_ key: String) -> BoardFactsText.Fact? { facts.first { $0.key == key } }

    /// What the boot log tells, with the line that tells it.
    package var logFacts: [(fact: LogFact, line: RawLine)] {
        bootLog.compactMap { line in LogFact(line.message).map { ($0, line.line) } }
    }

    private mutating func take(_ text: RawText) {
        switch text.source {
        case .boardFacts: facts += keep(BoardFactsText.parse(text))
        case .bootLog: bootLog += KernelLogText.parse(text)
        case .ioMemory: memory += keep(IOMemoryText.parse(text))
        case .interruptControllers: doorbells += keep(MADTText.parse(text))
        case .deviceTree: takeTree(text)
        case .ioRemapping: takeRemapping(text)
        case .groupMembers(let device):
            groups[device, default: GroupEvidence()].members = keep(GroupMembersText.parse(text))
        case .groupType(let device):
            groups[device, default: GroupEvidence()].type = keep(DefaultDomain.parse(text)).first
        case .reservedRegions(let device):
            groups[device, default: GroupEvidence()].reserved = keep(
                ReservedRegionsText.parse(text))
        case .trace, .traceStatistics, .interrupts, .configurationSpace, .msixTable, .pendingBits,
            .observer, .kernelLog, .pciInventory, .programOutput, .programErrors,
            .persistentStore:
            break
        }
    }

    private mutating func takeTree(_ text: RawText) {
        do throws(Damage) {
            let tree = try DeviceTreeText.parse(text)
            doorbells += tree.doorbells
            routes += tree.routes
            smmus += tree.smmus
            streams += tree.streams
            machine += tree.machine
        } catch {
            damage.append(error)
        }
    }

    private mutating func takeRemapping(_ text: RawText) {
        do throws(Damage) {
            if let table = try IORTText.parse(text) { remapping = table }
        } catch {
            damage.append(error)
        }
    }

    private mutating func keep<Value>(_ parsed: Parsed<Value>) -> [Value] {
        damage += parsed.damage
        return parsed.values
    }
}

/// What sysfs says of the group that holds a device.
package struct GroupEvidence: Sendable, Hashable, Codable {
    package var members: [PCIAddress]?
    package var type: DefaultDomain?
    package var reserved: [ReservedRegion]?

    package init() {}
}
