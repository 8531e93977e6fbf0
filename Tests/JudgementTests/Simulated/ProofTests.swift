// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import Judgement
import ReferenceModel
import SimulatedBoard
import Testing
import Vocabulary

/// Sentences are made from what was seen, and say no more.
@Suite("What a device's own acts have proved")
struct ProofTests {
    private static let both = [
        Go.open(), Go.attach("a"), Go.attach("b"), Go.arm("a"), Go.arm("b"),
    ]

    private func proofs(_ scene: Scene, _ change: (inout Story) -> Void = { _ in }) throws
        -> [Proof]
    {
        var story = try scene.play()
        change(&story)
        return story.judgement().proofs
    }

    private func first(_ scene: Scene, _ change: (inout Story) -> Void = { _ in }) throws -> Proof {
        let all = try proofs(scene, change)
        return try #require(all.first)
    }

    @Test("A frame lets a device forge another's interrupt")
    func forgedFrame() throws {
        let proof = try first(Scene(.plainFrame, Self.both + [Go.forge("a", of: "b")]))
        #expect(proof.weight == .proved && proof.step == 5)
        #expect(
            proof.sentence
                == "a wrote the message of b vector 0 to its doorbell's IOVA: the interrupt of b "
                + "arrived once through the GICv2m: without interrupt isolation a device can forge "
                + "another's.")
    }

    @Test("An ITS does not, and what arrives instead is told")
    func isolated() throws {
        let proof = try first(Scene(.plainITS, Self.both + [Go.forge("a", of: "b")]))
        #expect(proof.weight == .proved)
        #expect(proof.sentence.contains("nothing of b arrived"))
        #expect(proof.sentence.hasSuffix("so that a device cannot forge another's."))
    }

    @Test("Where nothing arrives although it should, nothing is proved")
    func unseenForgery() throws {
        let scene = Scene(.plainFrame, Self.both + [Go.forge("a", of: "b")])
        let proof = try first(scene) { $0.record.steps[5].transfer?.signals = [] }
        #expect(proof.weight == .open)
        #expect(proof.sentence.hasSuffix("nothing of b arrived, so that no forgery was seen."))
    }

    @Test("Where DMA does not tell the ITS who writes, nothing is proved")
    func untold() throws {
        let scene = Scene(.plainITS, Self.both + [Go.forge("a", of: "a")])
        let proof = try first(scene) { story in
            story.record.steps[5].transfer?.signals = []
            story.expectation.steps[5].outcome = .notPredicted(reason: "nobody is told")
        }
        #expect(proof.weight == .open)
        #expect(
            proof.sentence
                == "a wrote its own message of vector 0 to its doorbell's IOVA: nothing of a "
                + "arrived, which proves nothing here: nobody is told.")
    }

    @Test("Where no account was kept, nothing is said")
    func unknown() throws {
        let scene = Scene(.plainFrame, Self.both + [Go.forge("a", of: "b")])
        #expect(try proofs(scene) { $0.record.steps[5].transfer = nil }.isEmpty)
        #expect(try proofs(scene) { $0.record.steps[5].notDone = "power was lost" }.isEmpty)
    }

    @Test("The physical doorbell is refused where the log says so, and open where none was read")
    func physical() throws {
        let steps = [Go.open(), Go.attach("a"), Go.arm("a")]
        let scene = Scene(steps + [Go.forge("a", of: "a", at: .physicalDoorbell)])
        let proof = try first(scene)
        #expect(proof.weight == .proved)
        #expect(
            proof.sentence.hasSuffix(
                "the SMMU refused it and nothing arrived: a device reaches a doorbell through its "
                    + "map alone."))
        let blind = try first(scene) { $0.drop(.log) }
        #expect(blind.weight == .open && blind.sentence.contains("was not seen"))
    }

    @Test("What a closed container had mapped is out of reach")
    func closed() throws {
        let place = Transfer.Target.memory(Placement(base: IOVA(rawValue: 0x10_0000)))
        let write = Step.transfer(
            device: Go.name("a"), Transfer(direction: .write, target: place, value: .word(7)))
        let scene = Scene([
            Go.open(), Go.attach("a"), Go.map(0x10_0000), write, Go.unmap(0x10_0000), write,
        ])
        let sentences = try proofs(scene).map(\.sentence)
        #expect(
            sentences == [
                "a wrote 0x7 to 0x00100000: the user's memory holds it: what is mapped can be "
                    + "written.",
                "a wrote 0x7 to 0x00100000: the SMMU refused it and nothing arrived: what was "
                    + "mapped there before is out of reach.",
            ])
    }

    @Test("A device that is no bus master reaches nothing")
    func silenced() throws {
        let scene = Scene([
            Go.open(), Go.attach("a"), Go.arm("a"), Go.busMaster("a", false),
            Go.forge("a", of: "a"), Go.busMaster("a", true), Go.forge("a", of: "a"),
        ])
        let proofs = try proofs(scene)
        #expect(proofs.map(\.weight) == [.proved, .proved])
        #expect(proofs.first?.sentence.hasSuffix("no bus master reaches nothing.") == true)
        #expect(proofs.last?.sentence.contains("its interrupt arrived once") == true)
    }

    @Test("What VFIO signals by itself is synthetic, and holds nothing of what arrives")
    func synthetic() throws {
        let loop = Step.loopback(device: Go.name("a"), vector: Go.zero, count: 4)
        let story = try Scene([Go.open(), Go.attach("a"), Go.arm("a"), loop]).play()
        let judgement = story.judgement()
        #expect(judgement.isPartlySynthetic)
        #expect(
            judgement.proofs.map(\.sentence) == [
                "VFIO itself signalled vector 0 of a 4 times: no doorbell was rung, which proves "
                    + "nothing of a mapping."
            ])
        for id in [InvariantID.msi(65), .msi(66)] {
            let state = judgement.results.first { $0.invariant == id }?.state
            guard case .notApplicable = state else {
                Issue.record("\(id) says \(String(describing: state)) of a loopback")
                continue
            }
        }
    }

    @Test("A signal of VFIO that is missed is a finding all the same")
    func missed() throws {
        let loop = Step.loopback(device: Go.name("a"), vector: Go.zero, count: 4)
        var story = try Scene([Go.open(), Go.attach("a"), Go.arm("a"), loop]).play()
        story.record.steps[3].ringing?.arrived = 3
        guard case .differs(let findings) = story.judgement().verdict else {
            Issue.record("a missing signal was overlooked")
            return
        }
        #expect(findings.map(\.invariant) == [.msi(66)])
    }
}
