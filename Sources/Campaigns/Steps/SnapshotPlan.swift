// SPDX-License-Identifier: GPL-3.0-or-later

import AgentProtocol
import Boards
import Evidence
import Passthrough
import SecureShell
import Vocabulary

/// What is read right after a step, which may have changed it.
///
/// It flies with the step's last request, so that both cost one round trip.
struct SnapshotPlan: Hashable {
    /// One file of evidence.
    struct Item: Hashable {
        /// How it is read and written down.
        enum Reading: Hashable {
            case text(RemotePath)
            /// Config space, through sysfs: the hardware's own registers.
            case configuration(RemotePath)
            /// The names in a directory, one a line.
            case names(RemotePath)
            case msixTable(DeviceHandle, holder: ContainerName?)
            /// The pending bits, from the same reading of the BAR.
            case pendingBits(DeviceHandle, holder: ContainerName?)
            /// The table of a device that its host driver has; left out where it cannot be read.
            case hostTable(PCIAddress)
        }

        let reading: Reading
        let source: RawText.Source
        let file: String

        /// The container whose own agent must read it.
        var holder: ContainerName? {
            switch reading {
            case .msixTable(_, let holder), .pendingBits(_, let holder): holder
            case .text, .configuration, .names, .hostTable: nil
            }
        }
    }

    private(set) var items: [Item] = []

    /// What is worth reading after this step.
    static func after(_ step: Step, index: Int, stage: Stage) -> SnapshotPlan {
        var plan = SnapshotPlan()
        let prefix = prefix(index)
        switch step {
        case .arm, .ring, .loopback, .mask, .steer, .busMaster, .transfer, .disarm, .reset,
            .disturb, .unplug, .plug:
            plan.addInterruptsAndMessages(prefix, stage)
        case .traffic(let traffic):
            plan.addInterruptsAndMessages(prefix, stage)
            if traffic.killed != nil { plan.addGroups(prefix, stage) }
        case .giveBack, .kill:
            plan.addInterruptsAndMessages(prefix, stage)
            plan.addGroups(prefix, stage)
        case .attach, .detach, .close, .move: plan.addGroups(prefix, stage)
        case .open, .openBeside, .window, .map, .unmap, .allowUnsafeInterrupts: break
        }
        return plan
    }

    /// What the files of a step begin with.
    static func prefix(_ index: Int) -> String { "step-" + (index < 10 ? "0" : "") + "\(index)" }

    /// What stands before the first step.
    static func before(stage: Stage, bystanders: [PCIAddress]) -> SnapshotPlan {
        around("before", stage: stage, bystanders: bystanders)
    }

    /// What stands before the first step, and behind a program.
    static func around(
        _ prefix: String, stage: Stage, bystanders: [PCIAddress]
    ) -> SnapshotPlan {
        var plan = bystanding(prefix, bystanders)
        plan.addInterrupts(prefix)
        plan.addGroups(prefix, stage)
        return plan
    }

    /// The messages of devices that stay with their host drivers.
    static func bystanding(_ prefix: String, _ bystanders: [PCIAddress]) -> SnapshotPlan {
        var plan = SnapshotPlan()
        for address in bystanders {
            plan.add(
                .hostTable(address), .msixTable(address), "\(prefix).\(address).msix.txt")
        }
        return plan
    }

    /// The plan cut by who must read: everything but the tables of other agents' devices first.
    var parts: [(holder: ContainerName?, plan: SnapshotPlan)] {
        let holders = Set(items.compactMap(\.holder))
        let own = (nil as ContainerName?, SnapshotPlan(items: items.filter { $0.holder == nil }))
        return [own]
            + holders.sorted().map { holder in
                (holder, SnapshotPlan(items: items.filter { $0.holder == holder }))
            }
    }

    private mutating func add(_ reading: Item.Reading, _ source: RawText.Source, _ file: String) {
        items.append(Item(reading: reading, source: source, file: file))
    }

    private mutating func addInterrupts(_ prefix: String) {
        add(.text("/proc/interrupts"), .interrupts, "\(prefix).interrupts.txt")
    }

    /// Counters, and the hardware's own registers of every device of the case, armed or not.
    private mutating func addInterruptsAndMessages(_ prefix: String, _ stage: Stage) {
        addInterrupts(prefix)
        for (name, taken) in stage.present {
            let address = taken.address
            add(
                .configuration("/sys/bus/pci/devices/\(address)/config"),
                .configurationSpace(address), "\(prefix).\(name).config.txt")
            if stage.givenBack.contains(name) {
                add(.hostTable(address), .msixTable(address), "\(prefix).\(name).msix.txt")
            }
            guard let device = stage.devices[name], device.armed == .msix else { continue }
            add(
                .msixTable(device.handle, holder: device.holder), .msixTable(address),
                "\(prefix).\(name).msix.txt")
            add(
                .pendingBits(device.handle, holder: device.holder), .pendingBits(address),
                "\(prefix).\(name).pending.txt")
        }
    }

    private mutating func addGroups(_ prefix: String, _ stage: Stage) {
        for (name, taken) in stage.present {
            let folder = RemotePath("/sys/kernel/iommu_groups/\(taken.group)")
            let file = "\(prefix).\(name)"
            add(
                .text(folder.appending("reserved_regions")), .reservedRegions(taken.address),
                "\(file).reserved_regions.txt")
            add(.text(folder.appending("type")), .groupType(taken.address), "\(file).type.txt")
            add(
                .names(folder.appending("devices")), .groupMembers(taken.address),
                "\(file).members.txt")
        }
    }
}

extension SnapshotPlan {
    /// By which the texts are found again in what came back.
    struct Tickets {
        fileprivate enum Ticket {
            case file(FileTicket)
            case table(AgentFlight.Ticket<ReadMSIXTable>)
            case hostTable(AgentFlight.Ticket<ReadHostMSIXTable>)
        }

        let plan: SnapshotPlan
        fileprivate var tickets: [Ticket] = []
    }

    /// Adds its readings to a flight.
    func board(_ flight: inout AgentFlight) -> Tickets {
        var boarded = Tickets(plan: self)
        for item in items {
            switch item.reading {
            case .text(let path), .configuration(let path):
                boarded.tickets.append(.file(flight.add(.read(path))))
            case .names(let path): boarded.tickets.append(.file(flight.add(.list(path))))
            case .msixTable(let device, _):
                boarded.tickets.append(.table(flight.add(ReadMSIXTable(device: device))))
            case .pendingBits:
                // It was boarded with the table, right before.
                if let last = boarded.tickets.last { boarded.tickets.append(last) }
            case .hostTable(let address):
                boarded.tickets.append(
                    .hostTable(flight.add(ReadHostMSIXTable(address: address))))
            }
        }
        return boarded
    }
}

extension SnapshotPlan.Tickets {
    /// Gives the texts that came back.
    /// - Throws: why one did not, `BoardFileError` or the agent's fault; a table that the kernel
    ///   would not show is left out.
    func texts(from replies: AgentReplies, through files: AgentFiles) async throws -> [RawText] {
        var texts: [RawText] = []
        for (item, ticket) in zip(plan.items, tickets) {
            guard let text = try await text(of: item, ticket, replies, files) else { continue }
            texts.append(RawText(source: item.source, file: item.file, text: text))
        }
        return texts
    }

    /// What the agent answered; nothing where the device gave it a reason not to.
    ///
    /// A request that was wrong, such as one for a handle that nobody has, stays as loud as it is.
    private func unlessRefused<Answer>(_ answer: () throws -> Answer?) throws -> Answer? {
        do {
            return try answer()
        } catch let error as AgentError {
            guard case .refused = error.cause, error.kind != .harness else { throw error }
            return nil
        }
    }

    private func text(
        of item: SnapshotPlan.Item, _ ticket: Ticket, _ replies: AgentReplies, _ files: AgentFiles
    ) async throws -> String? {
        switch ticket {
        case .table(let seat):
            // A device that was pulled out or sleeps shows none.
            let table = try unlessRefused { try replies.reply(to: seat).answer }
            if case .pendingBits = item.reading { return table.map(PendingBitsDump.text) }
            return table.map(MSIXTableText.text)
        case .hostTable(let seat):
            // A device without MSI-X, one that sleeps, and a kernel that does not let us look.
            return try unlessRefused { try replies.reply(to: seat).answer }
                .map(MSIXTableText.text)
        case .file(let seat):
            let report = try await files.reports(of: [seat], in: replies)[0]
            switch item.reading {
            case .configuration: return ConfigurationDump.text(try report.bytes())
            case .names: return try report.names().map { $0 + "\n" }.joined()
            default: return try report.text()
            }
        }
    }
}
