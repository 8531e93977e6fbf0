// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Scheduling
import SystemPackage
import Testing
import VirtualBoards

extension VirtualBoardTier {
    @Suite("Boards that start from snapshots of their booted kernels")
    struct SnapshotTests {
        private static let suite = SceneSuite.suite(
            "resumed", devices: "{a: edu, b: edu, n: e1000e}",
            steps: [
                "attach: {device: a, to: c}", "attach: {device: n, to: c}",
                "arm: {device: a, kind: msi, vectors: 1}",
                "arm: {device: n, kind: msix, vectors: 3}",
                "ring: {device: a, vector: 0, count: 100}",
                "ring: {device: n, vector: 1, count: 20}",
            ])

        private static func board(_ controller: String) -> SceneBoard {
            SceneBoard(
                name: controller, controller: controller,
                devices: ["edu", "edu", "{kind: e1000e, root-port: true}", "virtio-rng"],
                more: ["start: snapshot"])
        }

        @Test(
            "agree as after their boots and say that they have not booted, or boot where that fails"
        )
        func resumed() async throws {
            try await Scene.with { scene in
                try scene.write([Self.board("its"), Self.board("gicv2m")])
                try scene.write(Self.suite, to: "resumed.yaml")
                let cache = try scene.makeCache()
                let suite = scene.folder.appending("resumed.yaml").string
                let first = try await scene.run(suite, environment: cache)
                #expect(first.status == .exited(0), "\(first.seen)")
                let boots = try ["its", "gicv2m"].map { try scene.bootID(of: $0) }
                #expect(scene.console(of: "its").contains("Linux version"))

                let second = try await scene.run(suite, environment: cache)
                #expect(second.status == .exited(0), "\(second.seen)")
                #expect(try ["its", "gicv2m"].map { try scene.bootID(of: $0) } == boots)
                for board in ["its", "gicv2m"] {
                    #expect(scene.console(of: board).contains("# resumed from the snapshot of"))
                    #expect(!scene.console(of: board).contains("Linux version"))
                    #expect(second.seen.contains("-\(board) was not booted (warm, snapshot)"))
                }

                try scene.garbleSnapshots()
                let third = try await scene.run(
                    suite, "--board", "\(scene.tag)-its", environment: cache)
                #expect(third.status == .exited(0), "\(third.seen)")
                #expect(third.seen.contains("could not go on from its snapshot"), "\(third.seen)")
                #expect(try scene.bootID(of: "its") != boots[0])
                #expect(scene.console(of: "its").contains("Linux version"))
            }
        }
    }
}

extension Scene {
    fileprivate var snapshots: FilePath { folder.appending("cache/snapshots") }

    /// Makes a cache with everything of the usual one but the snapshots.
    fileprivate func makeCache() throws -> [String: String] {
        let (usual, own) = (BoardCache().root, folder.appending("cache"))
        let files = FileManager.default
        try files.createDirectory(atPath: snapshots.string, withIntermediateDirectories: true)
        for name in try files.contentsOfDirectory(atPath: usual.string) where name != "snapshots" {
            try files.createSymbolicLink(
                atPath: own.appending(name).string,
                withDestinationPath: usual.appending(name).string)
        }
        return ["DOORBELL_CACHE": own.string]
    }

    /// Makes all snapshots such that only QEMU can tell that they are none.
    fileprivate func garbleSnapshots() throws {
        let garbage = "This is no memory of a board."
        // As sha256sum says.
        let hash = "d4443fe349777e0fc5388327420dd0db9242113bdebf64dd45da9ff11663b3c1"
        for name in try FileManager.default.contentsOfDirectory(atPath: snapshots.string) {
            let folder = snapshots.appending(name)
            try garbage.write(
                toFile: folder.appending("memory").string, atomically: true, encoding: .utf8)
            let note = URL(filePath: folder.appending("note.json").string)
            try String(contentsOf: note, encoding: .utf8)
                .replacing(/"hash":"[0-9a-f]+"/, with: "\"hash\":\"\(hash)\"")
                .write(to: note, atomically: true, encoding: .utf8)
        }
    }

    fileprivate func console(of board: String) -> String {
        text("boards/\(tag)-\(board)/console.log") ?? ""
    }

    fileprivate func bootID(of board: String) throws -> Substring {
        let verdict = text("boards/\(tag)-\(board)/cases/resumed/resumed/verdict.json") ?? ""
        return try #require(verdict.firstMatch(of: /"bootID" : "([0-9a-f-]+)"/)?.output.1)
    }
}
