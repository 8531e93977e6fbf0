// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import ReferenceModel
import Vocabulary

extension Invariant {
    static let frameOwnsItsInterrupt = Invariant(
        id: .msi(38), name: "frame-owns-its-interrupt",
        statement:
            "The interrupt that a message names belongs to the frame whose page it is sent to.",
        generations: .translated, needs: [.trace, .messages],
        reason: "gicv2m_irq_domain_alloc takes SPI and frame together, irq-gic-v2m.c, 6.12",
        coverage: .simulatedBoard
    ) { judged in
        var seen = Observations(.msi(38))
        let frames = judged.frames
        guard Set(frames.map(\.page)).count > 1 else { return seen }
        for message in judged.messages.all {
            guard frames.contains(where: { message.expected?.pages.contains($0.page) ?? false })
            else { continue }
            // Up to 6.14 a message that was armed in another domain leads where that one's did.
            if judged.expectation.generation == .iommufd, judged.isMoved(message) { continue }
            let live = judged.liveDoorbellMaps(in: message.domain, after: message.step)
            guard let map = live.first(where: { $0.map?.range.contains(message.iova) ?? false }),
                let page = map.map?.paddr
            else {
                seen.cannotSee("no live map holds the message of \(message.subject)")
                continue
            }
            let own = frames.filter { $0.page == page }
            seen.check(
                own.contains { $0.interrupt(message.message.data) != nil }, message.subject,
                expected: "an interrupt of the frame at \(page)",
                observed: "data \(Hexadecimal.prefixed(UInt64(message.message.data)))",
                basis: Basis.law, lines: message.lines + [map.line])
        }
        return seen
    }
}

/// A GICv2m frame with the page that its register lies in.
private struct Frame {
    let doorbell: Doorbell
    let register: PhysicalAddress
    let page: PhysicalAddress

    func interrupt(_ data: UInt32) -> InterruptID? {
        doorbell.interrupt(of: data, at: register)
    }
}

extension JudgedCase {
    fileprivate var frames: [Frame] {
        board.doorbells.compactMap { doorbell in
            guard case .gicV2m = doorbell.kind, let register = doorbell.register else { return nil }
            return Frame(
                doorbell: doorbell, register: register, page: register.page(of: board.pageSize))
        }
    }
}
