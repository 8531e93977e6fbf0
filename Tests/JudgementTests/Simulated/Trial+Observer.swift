// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import Judgement
import SimulatedBoard
import Testing
import Vocabulary

extension Trial {
    /// What the kernel says, beside what somebody else has seen.
    static let observer: [Trial] = [
        observed(1, ringing) { story in
            story.rewrite(.observer) { $0.replacing("=0x08090040", with: "=0x08091040") }
        },
        observed(2, gone) { story in
            let way =
                "1 smmuv3_translate_success mr sid=\(stream(of: story)) "
                + "iova=0x00100000 translated=0x40000000 perm=0x3\n"
            story.rewrite(.observer, step: 4) { $0 + way }
        },
        observed(3, moving) { story in
            story.rewrite(.observer, step: 3) {
                $0.replacing("translated=0x", with: "translated=0x1")
            }
        },
        observed(4, ringing) { $0.silence("gicv3_its_translation_write") },
        observed(5, gone) { $0.silence("smmuv3_cmdq_tlbi_nh") },
        observed(6, gone) { $0.silence("smmuv3_record_event") },
        observed(7, ringing) { $0.silence("gicv3_its_cmd_mapti") },
    ]

    private static let ringing = Scene([
        Go.open(), Go.attach("a"), Go.arm("a"), Go.ring("a"), Go.close(),
    ])

    private static let mapped = [Go.open(), Go.attach("a"), Go.map(0x10_0000, pages: 16)]

    private static let moving = Scene(mapped + [Go.write("a", 0x10_0000), Go.close()])

    private static let gone = Scene(
        mapped + [Go.unmap(0x10_0000, pages: 16), Go.write("a", 0x10_0000), Go.close()])

    private static func observed(
        _ number: Int, _ scene: Scene, breaking: @escaping Change
    ) -> Trial {
        Trial(
            .observer(number), scene, prepare: { try $0.observe() }, breaking: breaking,
            blinding: { $0.switchOff() })
    }

    fileprivate static func stream(of story: Story) -> String {
        let device = DeviceName("a").flatMap { story.record.devices[$0] }
        return Hexadecimal.prefixed(UInt64(device?.requesterID ?? 0))
    }
}

@Suite struct SecondObserverTests {
    private func story(_ steps: [Step]) throws -> Story {
        var story = try Scene([Go.open(), Go.attach("a")] + steps).play()
        try story.observe()
        return story
    }

    private func states(_ story: Story) -> [InvariantResult.State] {
        story.judgement().results.filter { $0.invariant.text.hasPrefix("OBS") }.map(\.state)
    }

    @Test func aBoardWithoutOneHasNothingToSayOfIt() throws {
        let story = try Scene([Go.open(), Go.attach("a"), Go.arm("a"), Go.ring("a")]).play()
        for state in states(story) {
            guard case .notApplicable = state else {
                Issue.record("it is \(state)")
                return
            }
        }
    }

    @Test func aSoundBoardAgrees() throws {
        let story = try story([Go.map(0x10_0000, pages: 16), Go.arm("a"), Go.ring("a"), Go.close()])
        #expect(story.judgement().verdict == .agrees)
    }

    @Test func whatCannotBeReadDecidesNothing() throws {
        var story = try story([Go.arm("a"), Go.ring("a"), Go.close()])
        story.rewrite(.observer, step: 3) { $0 + "1 smmuv3_translate_success garbage\nlost 3\n" }
        #expect(story.judgement().verdict == .agrees)
        for case .notObserved(let reason) in states(story) { #expect(reason.contains("damaged")) }
    }

    @Test func anEventThatWasDroppedIsNotKnownAnyMore() throws {
        var story = try story([Go.arm("a"), Go.ring("a"), Go.close()])
        let id = "DeviceID \(Trial.stream(of: story))"
        story.rewrite(.observer, step: 3) {
            $0.replacing(
                "perm=0x3\n", with: "perm=0x3\n1 gicv3_its_cmd_discard \(id) EventID 0x0\n"
            )
            .replacing("points ", with: "points gicv3_its_cmd_discard ")
        }
        guard case .broken = story.state(of: .observer(7)) else {
            Issue.record("it is \(String(describing: story.state(of: .observer(7))))")
            return
        }
    }

    @Test func anotherDomainsWayIsNotTheDevices() throws {
        // The device has left for a new container; it still gets to what the old one mapped.
        var story = try story([
            Go.map(0x10_0000, pages: 16), Go.close(), Go.open(), Go.attach("a"),
            Go.write("a", 0x10_0000),
        ])
        let sound = story.state(of: .observer(2))
        guard case .held = sound else {
            Issue.record("it is \(String(describing: sound))")
            return
        }
        let way =
            "1 smmuv3_translate_success mr sid=\(Trial.stream(of: story)) "
            + "iova=0x00100000 translated=0x40000000 perm=0x3\n"
        story.rewrite(.observer, step: 6) { $0 + way }
        guard case .broken = story.state(of: .observer(2)) else {
            Issue.record("it is \(String(describing: story.state(of: .observer(2))))")
            return
        }
    }
}
