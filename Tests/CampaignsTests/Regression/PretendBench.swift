// SPDX-License-Identifier: GPL-3.0-or-later

import Bisection
import Campaigns
import Foundation
import ResultArchive
import Synchronization
import SystemPackage
import Testing
import Vocabulary

/// A bench whose kernels are numbers: those from the culprit on are bad.
final class PretendBench: ProbeBench {
    /// What becomes of a boot, where it is not simply good or bad.
    typealias Script = @Sendable (Revision, BoardName, _ attempt: Int) throws -> ProbeAnswer?

    private let culprit: Int
    private let binaries: @Sendable (Revision) -> BinaryIdentity?
    /// What each make says that it took.
    private let makeTook: Duration
    private let makeFails: @Sendable (Revision) async throws -> Void
    private let script: Script
    private let seen = Mutex<[(revision: Revision, board: BoardName)]>([])
    private let made = Mutex<[Revision]>([])
    /// Awaited in every boot, with what was made and booted until then.
    private let firmware: @Sendable (PretendBench, Revision) async throws -> Void

    init(
        culprit: Int, binaries: @escaping @Sendable (Revision) -> BinaryIdentity? = { _ in nil },
        makeTook: Duration = .zero,
        makeFails: @escaping @Sendable (Revision) async throws -> Void = { _ in },
        script: @escaping Script = { _, _, _ in nil },
        firmware: @escaping @Sendable (PretendBench, Revision) async throws -> Void = { _, _ in }
    ) {
        self.culprit = culprit
        self.binaries = binaries
        self.makeTook = makeTook
        self.makeFails = makeFails
        self.script = script
        self.firmware = firmware
    }

    /// Every boot that was begun, in order.
    var boots: [(revision: Revision, board: BoardName)] { seen.withLock { $0 } }

    /// Every kernel that somebody began to make, in order.
    var makes: [Revision] { made.withLock { $0 } }

    func make(_ revision: Revision, isAhead: Bool) async throws -> ProbeKernel {
        made.withLock { $0.append(revision) }
        try await makeFails(revision)
        let name = try #require(KernelName("k\(revision)"))
        let recipe = KernelRecipe(
            summary: "x", source: .image(ReadyImage(image: RecipePath("x"), modules: nil)))
        return ProbeKernel(
            revision: revision,
            recipe: NamedRecipe(name: name, recipe: recipe, folder: FilePath("/")),
            binary: binaries(revision), took: makeTook)
    }

    func boot(_ kernel: ProbeKernel, on board: BoardName) async throws -> BootedProbe {
        let attempt = seen.withLock { seen in
            seen.append((kernel.revision, board))
            return seen.count { $0.revision == kernel.revision }
        }
        await Task.yield()
        try await firmware(self, kernel.revision)
        try Task.checkCancellation()
        let scripted = try script(kernel.revision, board, attempt)
        let isBad = (Int(kernel.revision.text) ?? 0) >= culprit
        let answer = scripted ?? (isBad ? .bad(SymptomEvidence()) : .good(nil))
        return BootedProbe(answer: answer, kernel: nil, run: "run")
    }
}

/// A bisection in a folder of its own, over revisions 0…count.
struct PretendBisection {
    let folder: BisectionFolder
    let plan: BisectionPlan
    private let root: FilePath

    init(to count: Int, boards: [String] = ["a"]) throws {
        root = FilePath(NSTemporaryDirectory()).appending("bisection-\(UUID().uuidString)")
        plan = BisectionPlan(
            began: .now(), kind: .kernels, words: ["bisect", "kernels"], directory: "/",
            revisions: (0...count).map {
                PlannedRevision(Revision("\($0)"), title: "number \($0)")
            },
            boards: try boards.map { try #require(BoardName($0)) }, symptom: "any finding",
            noise: nil, notes: [])
        folder = try BisectionFolder.create(plan, in: root)
    }

    func remove() { try? FileManager.default.removeItem(atPath: root.string) }

    /// Goes on from its journal.
    func perform(
        _ bench: PretendBench, wishes: AsyncStream<[BoardWish]> = .init { $0.finish() }
    ) async throws -> BisectionEnd {
        let records = try folder.readJournal().compactMap(\.event.record)
        let search = try Search(plan.history(), records: records)
        var campaign = BisectCampaign(
            search, on: try folder.boards(plan), wishes: wishes, bench: bench,
            journal: try folder.openJournal(), watch: { _ in })
        return try await campaign.perform()
    }

    /// The events of the journal.
    func events() throws -> [BisectionEvent] { try folder.readJournal().map(\.event) }
}

extension BisectionEnd {
    /// The culprit that it names.
    var culprit: String? {
        if case .concluded(.culprit(let culprit)) = self { culprit.revision.text } else { nil }
    }

    /// What stopped it.
    var stop: Fault? { if case .stopped(let fault) = self { fault } else { nil } }
}
