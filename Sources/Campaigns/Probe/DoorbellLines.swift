// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import Judgement
import ReferenceModel
import Vocabulary

/// The key `doorbells` of a lab entry, from what firmware and the boot log tell.
struct DoorbellLines {
    let lines: [String]

    init(_ evidence: BoardEvidence) {
        do throws(ModelError) {
            let told = try evidence.toldDoorbells()
            let entries = told.compactMap(Self.entry)
            let others = told.filter { Self.entry($0) == nil }.map(Self.remark)
            lines =
                others.map { "    # " + $0 }
                + (entries.isEmpty ? [] : ["    doorbells:"]) + entries.map { "      - \($0)" }
        } catch {
            let reason = UntrustedText.remark("\(error)")
            lines = [
                "    # Neither firmware nor the boot log tells of all: \(reason).",
                "    # doorbells:", "    #   - {controller: its, base: 0x08080000}",
            ]
        }
    }

    private static func entry(_ doorbell: Doorbell) -> String? {
        switch doorbell.kind {
        case .its: "{controller: its, base: \(doorbell.base)}"
        case .gicV2m(let spis, _):
            "{controller: gicv2m, base: \(doorbell.base), "
                + "interrupts: \(spis.lowerBound.rawValue)-\(spis.upperBound.rawValue)}"
        case .graviton, .preITS, .mbi: nil
        }
    }

    /// What the language has no word for is read on the board in each run.
    private static func remark(_ doorbell: Doorbell) -> String {
        let design =
            switch doorbell.kind {
            case .graviton: "GICv2m of Graviton"
            case .preITS: "ITS behind a pre-ITS"
            case .mbi: "GICv3 with message based interrupts"
            case .its, .gicV2m: "controller"
            }
        return "\(design) at \(doorbell.base): read on the board in each run"
    }
}
