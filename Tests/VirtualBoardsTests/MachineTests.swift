// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Scheduling
import SystemPackage
import Testing
import VirtualBoards
import Vocabulary

@Suite("A virtual machine")
struct MachineTests {
    private static let image = BoardImage(
        kernel: KernelFiles(origin: "k", image: "/k/vmlinuz", modules: "/k/modules"),
        initrd: "/i/a,b.cpio", hostKey: EdwardsKeyPair().publicKey, clientKey: "/keys/client")

    private func withBase(_ body: (FilePath) async throws -> Void) async throws {
        let base = FilePath("/tmp/doorbell-test-\(UUID().uuidString.prefix(8))")
        defer { try? FileManager.default.removeItem(atPath: base.string) }
        try await body(base)
    }

    private var deadline: Deadline { .after(.seconds(120), for: "a folder") }

    @Test("is described to QEMU by what it is", arguments: [MachineSpec.virtV2M, .virtITS])
    func arguments(spec: MachineSpec) async throws {
        try await withBase { base in
            let folder = try await RunFolder.claim(in: base, deadline: deadline)
            defer { folder.release() }
            let words = QEMUArguments(spec: spec, image: Self.image, folder: folder).words
            let version = spec.interruptController == .gicV2 ? 2 : 3
            let machine = "virt,gic-version=\(version),iommu=smmuv3,virtualization=on"
            #expect(values(of: "-machine", in: words) == [machine])
            #expect(values(of: "-m", in: words) == ["1024M"])
            #expect(values(of: "-device", in: words) == Self.devices)
            #expect(values(of: "-initrd", in: words) == ["/i/a,b.cpio"])
            let append = values(of: "-append", in: words).first ?? ""
            #expect(append.contains("doorbell.board=\(spec.name)"))
            let network = values(of: "-netdev", in: words).first ?? ""
            #expect(network.contains("hostfwd=tcp:127.0.0.1:0-:22"))
            let points = values(of: "-trace", in: words)
            #expect(points.last == "file=\(folder.tracePipe)")
            #expect(points.contains("enable=smmuv3_translate_success"))
            let hasITS = spec.interruptController == .gicV3
            #expect(points.contains("enable=gicv3_its_translation_write") == hasITS)
            #expect(points.contains("enable=gic_set_irq") != hasITS)
        }
    }

    @Test("stands still where its firmware is slow, until somebody lets it go on")
    func slow() async throws {
        try await withBase { base in
            let folder = try await RunFolder.claim(in: base, deadline: deadline)
            defer { folder.release() }
            var spec = MachineSpec.virtITS
            for (wait, isStill) in [(Duration.zero, false), (.seconds(60), true)] {
                spec.firmwareWait = wait
                let words = QEMUArguments(spec: spec, image: Self.image, folder: folder).words
                #expect(words.contains("-S") == isStill)
            }
        }
    }

    private static let devices = [
        "virtio-net-pci,netdev=ssh,addr=1,romfile=", "edu,id=edu0,dma_mask=0xffffffffffff,addr=2",
        "edu,id=edu1,dma_mask=0xffffffffffff,addr=3",
        "pcie-root-port,id=net1-port,chassis=4,addr=4",
        "e1000e,id=net1,netdev=net1-net,romfile=,bus=net1-port",
        "nvme,id=nvme0,drive=nvme0-disk,serial=nvme0,addr=5", "virtio-rng-pci,id=rng0,addr=6",
    ]

    @Test("has functions in one slot, and a disk that shares itself out")
    func functions() async throws {
        var edu = MachineDevice(id: "e", model: .edu, slot: 7)
        edu.function = 1
        let disk = MachineDevice.Model.nvme(capacity: .mebibytes(16), virtualFunctions: 2)
        let spec = MachineSpec(
            name: "b", interruptController: .gicV3,
            devices: [
                MachineDevice(id: "d", model: .nvme(capacity: .mebibytes(16)), slot: 7), edu,
                MachineDevice(id: "v", model: disk, slot: 8),
            ])
        try await withBase { base in
            let folder = try await RunFolder.claim(in: base, deadline: deadline)
            defer { folder.release() }
            let words = QEMUArguments(spec: spec, image: Self.image, folder: folder).words
            #expect(
                values(of: "-device", in: words).dropFirst() == [
                    "nvme,id=d,drive=d-disk,serial=d,addr=7.0,multifunction=on",
                    "edu,id=e,dma_mask=0xffffffffffff,addr=7.1,multifunction=on",
                    "nvme-subsys,id=v-sub",
                    "nvme,id=v,serial=v,subsys=v-sub,sriov_max_vfs=2,sriov_vq_flexible=6,"
                        + "sriov_vi_flexible=4,max_ioqpairs=16,msix_qsize=17,addr=8",
                    "nvme-ns,drive=v-disk,bus=v",
                ])
        }
    }

    private func values(of option: String, in words: [String]) -> [String] {
        words.indices.dropLast().filter { words[$0] == option }.map { words[$0 + 1] }
    }

    @Test("has a folder of its own, beside those of others, and leaves nothing")
    func folders() async throws {
        try await withBase { base in
            let first = try await RunFolder.claim(in: base, deadline: deadline)
            let second = try await RunFolder.claim(in: base, deadline: deadline)
            #expect(first.path != second.path)
            #expect(FileManager.default.fileExists(atPath: first.path.string))
            try first.makeDisks(for: MachineDevice.standard)
            let disk = first.disk(of: MachineDevice.standard[3]).string
            let size = try FileManager.default.attributesOfItem(atPath: disk)[.size] as? UInt64
            #expect(size == ByteCount.mebibytes(16).rawValue)
            first.release()
            second.release()
            #expect(try FileManager.default.contentsOfDirectory(atPath: base.string) == ["lock"])
        }
    }

    @Test("removes the folder that a killed controller left")
    func abandoned() async throws {
        try await withBase { base in
            let alive = try await RunFolder.claim(in: base, deadline: deadline)
            let dead = base.appending("run-dead")
            try FileManager.default.createDirectory(
                atPath: dead.string, withIntermediateDirectories: true)
            try "".write(
                toFile: dead.appending("owner").string, atomically: false, encoding: .utf8)
            try "".write(
                toFile: dead.appending("qmp").string, atomically: false, encoding: .utf8)
            let next = try await RunFolder.claim(in: base, deadline: deadline)
            #expect(!FileManager.default.fileExists(atPath: dead.string))
            #expect(FileManager.default.fileExists(atPath: alive.path.string))
            alive.release()
            next.release()
        }
    }

    @Test("does not put its sockets where others can reach them")
    func openFolder() async throws {
        try await withBase { base in
            try FileManager.default.createDirectory(
                atPath: base.string, withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o777])
            // The umask has its say when a folder is made.
            try FileManager.default.setAttributes(
                [.posixPermissions: 0o777], ofItemAtPath: base.string)
            await #expect(throws: MachineError.self) {
                try await RunFolder.claim(in: base, deadline: deadline)
            }
        }
    }

    @Test("needs its kernel, and says which file is missing")
    func noKernel() async throws {
        await #expect(
            throws: MachineError.noFile(board: "virt-its", what: "kernel", path: "/k/vmlinuz")
        ) {
            try await VirtualMachine.withMachine(
                .virtITS, image: Self.image, consoleLog: "/dev/null", deadline: deadline
            ) { _ in }
        }
    }

    @Test("has an image whose name changes with each input")
    func identity() {
        let keys = (EdwardsKeyPair().publicKey, EdwardsKeyPair().publicKey)
        let kernel = KernelFiles(origin: "a", image: "/a", modules: "/m")
        let file = PackageFile(line: "'x' a_1_arm64.deb 1 SHA256:1").map { [$0] } ?? []
        let identities = [
            ImageIdentity(kernel: kernel, userland: file, hostKey: keys.0, clientKey: keys.1),
            ImageIdentity(kernel: kernel, userland: file, hostKey: keys.1, clientKey: keys.0),
            ImageIdentity(kernel: kernel, userland: [], hostKey: keys.0, clientKey: keys.1),
            ImageIdentity(
                kernel: KernelFiles(origin: "b", image: "/a", modules: "/m"), userland: file,
                hostKey: keys.0, clientKey: keys.1),
        ]
        #expect(Set(identities).count == 4)
        #expect(
            ImageIdentity(kernel: kernel, userland: file, hostKey: keys.0, clientKey: keys.1)
                == identities[0])
        #expect(identities[0].description.count == 32)
    }
}
