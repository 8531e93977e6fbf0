// SPDX-License-Identifier: GPL-3.0-or-later

import Campaigns
import Foundation
import Scheduling
import SystemPackage
import Vocabulary

/// A repository of git that has a kernel's source, and commits to IOMMU files of which one is a mutant.
struct KernelHistory: Sendable {
    let repository: FilePath
    /// From the first commit, which is good, to the last; hashes.
    let commits: [String]
    /// How many commits there are between the source and the mutant.
    let culpritPlace: Int

    var good: String { commits[0] }
    var bad: String { commits[commits.count - 1] }
    var culprit: String { commits[culpritPlace] }

    /// Files that every kernel of the recipe compiles, each with what MSIs and mappings go through.
    private static let files = [
        "drivers/iommu/arm/arm-smmu-v3/arm-smmu-v3.c", "drivers/iommu/dma-iommu.c",
        "drivers/iommu/io-pgtable-arm.c", "drivers/iommu/iommu.c", "drivers/iommu/iova.c",
        "drivers/iommu/of_iommu.c", "drivers/irqchip/irq-gic-v2m.c",
        "drivers/irqchip/irq-gic-v3-its.c", "drivers/irqchip/irq-gic-v3-its-pci-msi.c",
        "drivers/pci/msi/irqdomain.c", "drivers/pci/msi/msi.c", "drivers/vfio/container.c",
        "drivers/vfio/pci/vfio_pci_config.c", "drivers/vfio/pci/vfio_pci_core.c",
        "drivers/vfio/pci/vfio_pci_intrs.c", "drivers/vfio/vfio_iommu_type1.c",
        "drivers/vfio/vfio_main.c", "kernel/irq/msi.c",
    ]

    /// Makes commits on top of a source's; each time others, so that nobody has their kernels yet.
    ///
    /// The repository is made where it is missing, and kept.
    /// - Throws: `ToolFailure`; what files throw.
    static func make(
        of source: FilePath, in repository: FilePath, mutant: Mutant, candidates: Int,
        culprit: Int, deadline: Deadline
    ) async throws -> KernelHistory {
        let git = BenchGit(repository, deadline: deadline)
        try await git.commitOnce(source)
        var stream = ""
        var texts: [String: String] = [:]
        let nonce = UUID().uuidString
        for number in 0...candidates {
            stream += head(number)
            if number == culprit {
                for (file, text) in try await mutated(mutant, source, deadline) {
                    stream += change(file, text)
                }
            }
            let file = files[number % files.count]
            let old = try texts[file] ?? text(of: file, in: source)
            let new = old + remark(number, nonce)
            texts[file] = new
            stream += change(file, new)
        }
        let commits = try await git.add(stream)
        return KernelHistory(
            repository: repository, commits: commits, culpritPlace: culprit)
    }

    /// Bytes that the kernel carries and nobody reads: another binary that does the same.
    private static func remark(_ number: Int, _ nonce: String) -> String {
        "\nstatic const char doorbell_\(number)[] __attribute__((used)) = \"\(nonce) \(number)\";\n"
    }

    private static func head(_ number: Int) -> String {
        let message = "Commit \(number) of a history that is searched"
        return """
            commit refs/heads/searched
            committer Doorbell <doorbell@localhost> \(1_600_000_000 + number) +0000
            data \(message.utf8.count)
            \(message)

            """ + (number == 0 ? "from refs/heads/source^0\n" : "")
    }

    private static func change(_ file: String, _ text: String) -> String {
        "M 100644 inline \(file)\ndata \(text.utf8.count)\n\(text)\n"
    }

    private static func text(of file: String, in folder: FilePath) throws -> String {
        try String(contentsOfFile: folder.pushing(FilePath(file)).string, encoding: .utf8)
    }

    /// The files that the mutant changes, as they are with it.
    private static func mutated(
        _ mutant: Mutant, _ source: FilePath, _ deadline: Deadline
    ) async throws -> [(file: String, text: String)] {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "doorbell-bench-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        for file in mutant.files {
            let place = folder.appending(path: file)
            try FileManager.default.createDirectory(
                at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
            try text(of: file, in: source).write(to: place, atomically: false, encoding: .utf8)
        }
        let root = FilePath(folder.path)
        try await Tool.run(
            "git", ["apply", mutant.patch.string], environment: BenchGit.environment,
            directory: root, deadline: deadline
        ).succeeded()
        return try mutant.files.map { ($0, try text(of: $0, in: root)) }
    }
}
