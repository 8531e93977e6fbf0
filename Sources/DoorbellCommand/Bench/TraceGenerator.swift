// SPDX-License-Identifier: GPL-3.0-or-later

import SystemPackage

/// Writes the trace of a host on which four processes map and unmap pages, the same in every run.
///
/// The lines are those of a 6.1 kernel. The processes take turns of 32 events; each fills 4,096
/// pages and then empties them in another order, some of them two at a time, so that maps are live
/// in number and unmaps do not simply follow them.
struct TraceGenerator {
    /// How many events; the header tells it.
    let events: Int

    /// The processes as the kernel pads them, each with the CPU that it runs on.
    private static let heads: [[UInt8]] = [
        "  agent-6a949130-150     [000] ..... ", " qemu-system-aar-4711    [001] ..... ",
        "    kworker/u8:3-98      [002] d..1. ", "       CPU 0/KVM-4722    [003] ..... ",
    ].map { Array($0.utf8) }

    private static let pages: UInt64 = 4096

    /// Writes the trace.
    /// - Throws: `Errno`.
    func write(to path: FilePath) throws {
        let file = try FileDescriptor.open(
            path, .writeOnly, options: [.create, .truncate, .closeOnExec],
            permissions: .ownerReadWrite)
        try file.closeAfter {
            var text = Array(header.utf8)
            for event in 0..<events {
                append(event, to: &text)
                guard text.count > 1 << 20 else { continue }
                try file.writeAll(text)
                text.removeAll(keepingCapacity: true)
            }
            try file.writeAll(text)
        }
    }

    private var header: String {
        """
        # tracer: nop
        #
        # entries-in-buffer/entries-written: \(events)/\(events)   #P:4
        #

        """
    }

    private func append(_ event: Int, to text: inout [UInt8]) {
        let process = event / 32 % Self.heads.count
        let turn = UInt64(event / 32 / Self.heads.count * 32 + event % 32)
        text += Self.heads[process]
        appendTime(7_000_000 + 2 * UInt64(event), to: &text)
        // A cycle: as many maps as pages, then three quarters as many unmaps.
        let place = turn % (Self.pages / 4 * 7)
        if place < Self.pages {
            appendMap(place, to: &text)
        } else {
            appendUnmap(place - Self.pages, to: &text)
        }
    }

    private func appendMap(_ page: UInt64, to text: inout [UInt8]) {
        let iova = 0x10_0000 + page << 12
        text += " map: IOMMU: iova=0x".utf8
        appendHexadecimal(iova, to: &text)
        text += " - 0x".utf8
        appendHexadecimal(iova + 4096, to: &text)
        text += " paddr=0x".utf8
        appendHexadecimal(0x4000_0000 + (page * 2654 % Self.pages) << 12, to: &text)
        text += " size=4096\n".utf8
    }

    /// Of each four pages the first two go one by one and the others together.
    private func appendUnmap(_ number: UInt64, to text: inout [UInt8]) {
        // An odd factor reaches each group of four pages once.
        let group = number / 3 * 389 % (Self.pages / 4)
        let part = number % 3
        let iova = 0x10_0000 + (group * 4 + part) << 12
        let size: UInt64 = part == 2 ? 8192 : 4096
        text += " unmap: IOMMU: iova=0x".utf8
        appendHexadecimal(iova, to: &text)
        text += " - 0x".utf8
        appendHexadecimal(iova + size, to: &text)
        text += " size=\(size) unmapped_size=\(size)\n".utf8
    }

    /// Appends seconds and six digits, as `%5lu.%06lu:` prints them.
    private func appendTime(_ microseconds: UInt64, to text: inout [UInt8]) {
        let seconds = "\(microseconds / 1_000_000)"
        for _ in seconds.utf8.count..<max(5, seconds.utf8.count) { text.append(0x20) }
        text += seconds.utf8
        text.append(UInt8(ascii: "."))
        var unit: UInt64 = 100_000
        while unit > 0 {
            text.append(0x30 + UInt8(microseconds / unit % 10))
            unit /= 10
        }
        text.append(UInt8(ascii: ":"))
    }

    private func appendHexadecimal(_ value: UInt64, to text: inout [UInt8]) {
        for shift in stride(from: UInt64(60), through: 0, by: -4) {
            let digit = UInt8(value >> shift & 15)
            text.append(digit < 10 ? 0x30 + digit : 0x57 + digit)
        }
    }
}
