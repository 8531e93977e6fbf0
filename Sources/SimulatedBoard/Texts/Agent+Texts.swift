// SPDX-License-Identifier: GPL-3.0-or-later
import Evidence
import Vocabulary

extension SimulatedAgent {
    /// What is read before the first step.
    func textsBefore() -> [RawText] { [interrupts("before")] + groups("before") }

    /// What is collected after the last step.
    func textsAfter() -> [RawText] {
        [
            RawText(source: .trace, file: "trace.txt", text: kernel.trace.text),
            RawText(source: .traceStatistics, file: "trace-stats.txt", text: statistics),
            RawText(source: .kernelLog, file: "dmesg.txt", text: kernel.log.text),
        ]
    }

    /// What is read after a step, as for a real board; the log's gain beside it.
    func texts(after step: Step, index: Int) -> [RawText] {
        let prefix = "step-" + (index < 10 ? "0" : "") + "\(index)"
        let log = RawText(source: .kernelLog, file: "\(prefix).dmesg.txt", text: kernel.log.news())
        switch step {
        case .arm, .ring, .loopback, .mask, .steer, .busMaster, .transfer, .disarm, .reset,
            .disturb:
            return messages(prefix) + [log]
        case .giveBack, .unplug, .plug: return messages(prefix) + groups(prefix) + [log]
        case .traffic(let plan) where plan.killed != nil: return groups(prefix) + [log]
        case .traffic: return messages(prefix) + [log]
        case .attach, .detach, .close, .move, .kill: return groups(prefix) + [log]
        case .open, .openBeside, .window, .map, .unmap, .allowUnsafeInterrupts: return [log]
        }
    }

    private func interrupts(_ prefix: String) -> RawText {
        RawText(
            source: .interrupts, file: "\(prefix).interrupts.txt",
            text: InterruptsPrinter.text(kernel))
    }

    /// Counters, and the registers of every device of the case.
    private func messages(_ prefix: String) -> [RawText] {
        var texts = [interrupts(prefix)]
        for (name, function) in devices {
            texts.append(
                RawText(
                    source: .configurationSpace(function.address),
                    file: "\(prefix).\(name).config.txt", text: dump(function)))
            guard function.kind == .msix else { continue }
            texts.append(
                RawText(
                    source: .msixTable(function.address), file: "\(prefix).\(name).msix.txt",
                    text: RegisterPrinter.table(function.registers)))
            texts.append(
                RawText(
                    source: .pendingBits(function.address), file: "\(prefix).\(name).pba.txt",
                    text: RegisterPrinter.pending(function.registers)))
        }
        return texts
    }

    /// The dump is printed again only where a byte has changed.
    private func dump(_ function: PCIFunction) -> String {
        let bytes = function.registers.bytes
        if let last = dumps[function.address], last.bytes == bytes { return last.text }
        let text = RegisterPrinter.configuration(bytes)
        dumps[function.address] = (bytes, text)
        return text
    }

    private func groups(_ prefix: String) -> [RawText] {
        devices.flatMap { name, function in groups(prefix, name, function) }
    }

    private func groups(
        _ prefix: String, _ name: DeviceName, _ function: PCIFunction
    ) -> [RawText] {
        var texts: [RawText] = []
        if kernel.traits.listsReservedRegions {
            texts.append(
                RawText(
                    source: .reservedRegions(function.address),
                    file: "\(prefix).\(name).reserved_regions.txt",
                    text: GroupPrinter.reservedRegions(kernel, function)))
        }
        if kernel.traits.listsGroupType {
            texts.append(
                RawText(
                    source: .groupType(function.address), file: "\(prefix).\(name).type.txt",
                    text: kernel.traits.generation == .identity ? "identity\n" : "DMA\n"))
        }
        texts.append(
            RawText(
                source: .groupMembers(function.address), file: "\(prefix).\(name).members.txt",
                text: function.group.functions.map { "\($0.address)\n" }.sorted().joined()))
        return texts
    }

    /// `per_cpu/cpu*/stats`: nothing was lost.
    private var statistics: String {
        [0, kernel.trace.count].enumerated().map { processor, entries in
            """
            cpu\(processor):
            entries: \(entries)
            overrun: 0
            commit overrun: 0
            bytes: \(entries * 36)
            oldest event ts:     7.000000
            now ts: \(kernel.clock.text(width: 5))
            dropped events: 0
            read events: 0

            """
        }.joined()
    }
}
