// SPDX-License-Identifier: GPL-3.0-or-later

import Boards
import Campaigns
import KernelTree
import Testing
import Vocabulary

@Suite("A board proves which kernel it runs")
struct KernelProofTests {
    private let image = KernelImage(
        banners: ["Linux version 6.1.0-a (x) #1", "Linux version 6.1.0-a (x) # SMP"],
        release: "6.1.0-a", buildIDs: ["aa", "bb"], hash: "", code: "")

    private func identity(
        boot: String = "2", release: String = "6.1.0-a",
        banner: String = "Linux version 6.1.0-a (x) #1", buildID: String? = "aa"
    ) -> BoardIdentity {
        BoardIdentity(bootID: boot, release: release, banner: banner, buildID: buildID)
    }

    private func complaint(
        _ identity: BoardIdentity, image: KernelImage?, earlier: String? = nil,
        announced: String? = nil
    ) throws -> String? {
        let board = try #require(BoardName("b"))
        do throws(WrongKernel) {
            try KernelProof(
                board: board, image: image, earlierBoot: earlier, announcedBoot: announced
            ).check(identity)
            return nil
        } catch {
            #expect(error.kind == .bench)
            return error.description
        }
    }

    @Test("The kernel that was given, in a boot of its own, passes")
    func passes() throws {
        #expect(try complaint(identity(), image: image, earlier: "1", announced: "2") == nil)
        #expect(try complaint(identity(buildID: "bb"), image: image) == nil)
        #expect(try complaint(identity(release: "5.4"), image: nil) == nil)
    }

    @Test("Another release, banner or build ID, or none, is the bench's fault and no verdict")
    func others() throws {
        for (wrong, words) in [
            (identity(release: "6.1.0-b"), "must show release 6.1.0-a, and shows release 6.1.0-b"),
            (identity(banner: "Linux version 6.1.0-a (y) #1"), "shows Linux version 6.1.0-a (y)"),
            (identity(buildID: "cc"), "must show a build ID among aa, bb, and shows cc"),
            (identity(buildID: nil), "and shows none"),
        ] {
            let found = try complaint(wrong, image: image)
            #expect(found?.contains(words) == true, "\(found ?? "nothing")")
        }
    }

    @Test("A board that did not boot, or booted once more since, is found out")
    func boots() throws {
        #expect(
            try complaint(identity(), image: image, earlier: "2")?.contains("it did not boot")
                == true)
        #expect(
            try complaint(identity(), image: image, announced: "1")?
                .contains("boot ID 1, as its console said, and shows 2") == true)
    }
}
