// SPDX-License-Identifier: GPL-3.0-or-later

import AgentProtocol
import Boards
import Evidence
import Passthrough
import Scheduling
import SecureShell
import Vocabulary

/// Reads, right after a step, what the step may have changed.
struct Snapshots {
    let agent: AgentSession
    let files: any BoardFiles
    /// How long one reading may take.
    let patience: Duration

    /// Reads what is worth reading after this step.
    func after(_ step: Step, index: Int, stage: Stage) async throws -> [RawText] {
        let taker = taker(Self.prefix(index), stage)
        switch step {
        case .arm, .ring, .loopback, .mask, .steer, .busMaster, .transfer, .disarm, .reset,
            .disturb:
            return try await taker.interruptsAndMessages()
        case .attach, .detach, .close, .move, .giveBack, .kill: return try await taker.groups()
        case .open, .openBeside, .window, .map, .unmap, .allowUnsafeInterrupts: return []
        }
    }

    /// Reads what stands before the first step.
    func before(stage: Stage) async throws -> [RawText] {
        let taker = taker("before", stage)
        return try await taker.interrupts() + taker.groups()
    }

    private func taker(_ prefix: String, _ stage: Stage) -> Taker {
        Taker(agent: agent, files: files, patience: patience, prefix: prefix, stage: stage)
    }

    private static func prefix(_ index: Int) -> String {
        "step-" + (index < 10 ? "0" : "") + "\(index)"
    }
}

private struct Taker {
    let agent: AgentSession
    let files: any BoardFiles
    let patience: Duration
    let prefix: String
    let stage: Stage

    func interrupts() async throws -> [RawText] {
        let text = try await files.text(of: RemotePath("/proc/interrupts"))
        return [RawText(source: .interrupts, file: "\(prefix).interrupts.txt", text: text)]
    }

    /// Counters, and the hardware's own registers of every device of the case, armed or not.
    func interruptsAndMessages() async throws -> [RawText] {
        let devices = stage.taken.sorted(by: { $0.key < $1.key })
        let configurations = devices.map {
            RemotePath("/sys/bus/pci/devices/\($0.value.address)/config")
        }
        let all = try await files.contents(
            ofAll: [RemotePath("/proc/interrupts")] + configurations, limit: .mebibytes(1))
        var texts = [
            RawText(
                source: .interrupts, file: "\(prefix).interrupts.txt",
                text: String(decoding: all[0], as: UTF8.self))
        ]
        for ((name, taken), bytes) in zip(devices, all.dropFirst()) {
            texts.append(
                RawText(
                    source: .configurationSpace(taken.address),
                    file: "\(prefix).\(name).config.txt", text: ConfigurationDump.text(bytes)))
            if let table = try await table(of: name, taken.address) { texts.append(table) }
        }
        return texts
    }

    private func table(of name: DeviceName, _ address: PCIAddress) async throws -> RawText? {
        guard let device = stage.devices[name], device.armed == .msix else { return nil }
        let deadline = Deadline.after(patience, for: "the MSI-X table of \(address)")
        let reply = try await agent.perform(
            ReadMSIXTable(device: device.handle), deadline: deadline)
        guard let answer = reply.answer else { return nil }
        return RawText(
            source: .msixTable(address), file: "\(prefix).\(name).msix.txt",
            text: MSIXTableText.text(answer))
    }

    func groups() async throws -> [RawText] {
        var texts: [RawText] = []
        for (name, taken) in stage.taken.sorted(by: { $0.key < $1.key }) {
            let folder = RemotePath("/sys/kernel/iommu_groups/\(taken.group)")
            let both = try await files.contents(
                ofAll: [folder.appending("reserved_regions"), folder.appending("type")],
                limit: .mebibytes(1)
            ).map { String(decoding: $0, as: UTF8.self) }
            texts.append(
                RawText(
                    source: .reservedRegions(taken.address),
                    file: "\(prefix).\(name).reserved_regions.txt", text: both[0]))
            texts.append(
                RawText(
                    source: .groupType(taken.address), file: "\(prefix).\(name).type.txt",
                    text: both[1]))
            let members = try await files.entries(of: folder.appending("devices"))
            texts.append(
                RawText(
                    source: .groupMembers(taken.address), file: "\(prefix).\(name).members.txt",
                    text: members.map { $0 + "\n" }.joined()))
        }
        return texts
    }
}
