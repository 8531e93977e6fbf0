// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import Judgement
import PCIInventory
package import ReferenceModel
package import ResultArchive
import Vocabulary

extension BoardDescription {
    /// Describes a board by what an archived run read of it.
    ///
    /// - Throws: `ArchiveError`, `SysfsMirrorError` for a damaged archive; `ModelError` when a fact
    ///   that the model needs was not read.
    package init(_ board: ArchivedBoard, of run: ArchivedRun) throws {
        guard let record = try board.record() else {
            throw ModelError.factMissing("what the run read of board \(board.name)")
        }
        let groups = try Self.groups(of: board)
        let facts = try BoardFacts(BoardEvidence(record), groups: groups)
        self.init(
            name: board.name, summary: "as run \(run.folder.name) found it",
            source: "run \(run.folder.name)", facts: facts,
            devices: try Self.devices(of: record, facts))
    }

    /// Groups exist once their devices have a driver, so each case has read those of its own.
    private static func groups(of board: ArchivedBoard) throws -> [PCIAddress: GroupEvidence] {
        var groups: [PCIAddress: GroupEvidence] = [:]
        for found in try board.cases() {
            guard let record = try found.record() else { continue }
            groups.merge(CaseEvidence(record).before.groups) { known, _ in known }
        }
        return groups
    }

    private static func devices(
        of record: BoardRecord, _ facts: BoardFacts
    ) throws -> [DescribedDevice] {
        guard let mirror = record.texts.first(where: { $0.source == .pciInventory }) else {
            throw ModelError.factMissing("what sits on the buses of board \(record.board)")
        }
        return try SysfsMirror(parsing: Array(mirror.text.utf8)).functions.compactMap { function in
            DeviceRequirement.Kind(function).map {
                DescribedDevice(
                    kind: $0, address: function.address, isVirtualFunction: function.isVirtual,
                    group: facts.group(of: function.address).members)
            }
        }
    }
}

extension MirroredFunction {
    fileprivate var isVirtual: Bool {
        ConfigurationSpace(bytes: configuration).isVirtualFunction
    }
}

extension DeviceRequirement.Kind {
    /// What a mirrored function is of what cases can ask for.
    fileprivate init?(_ function: MirroredFunction) {
        let identity = [function.values[.vendor], function.values[.device]]
        switch (identity, function.values[.class]) {
        case (["0x1234", "0x11e8"], _): self = .edu
        case (["0x8086", "0x10d3"], _): self = .e1000e
        case (_, "0x010802"): self = .nvme
        default: return nil
        }
    }
}

extension KernelRecord {
    /// The generation that the kernel's recipe states, in the model's words.
    package var statedGeneration: GenerationChoice? { GenerationChoice(self) }
}
