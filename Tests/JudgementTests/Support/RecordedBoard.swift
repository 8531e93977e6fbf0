// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import Foundation
import Judgement
import ReferenceModel
import Testing
import Vocabulary

/// A board and a kernel whose evidence was recorded, in the fixtures of the evidence's own tests.
enum RecordedBoard: String, CaseIterable, CustomTestStringConvertible {
    case itsOn61 = "virt-its-6.1"
    case itsOn612 = "virt-its-6.12"
    case v2mOn61 = "virt-v2m-6.1"
    case v2mOn612 = "virt-v2m-6.12"

    var testDescription: String { rawValue }

    var isITS: Bool { self == .itsOn61 || self == .itsOn612 }

    func string(_ name: String) throws -> String {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
            .appending(components: "EvidenceTests", "Fixtures", rawValue)
        return try String(contentsOf: folder.appending(component: name), encoding: .utf8)
    }

    func text(_ source: RawText.Source, _ name: String) throws -> RawText {
        RawText(source: source, file: name, text: try string(name))
    }

    func board() throws -> BoardEvidence {
        BoardEvidence(texts: [
            try text(.boardFacts, "board-facts.txt"), try text(.bootLog, "boot-log.txt"),
            try text(.deviceTree, "device-tree.txt"), try text(.ioMemory, "iomem.txt"),
        ])
    }

    /// The record of a case, its texts included.
    func record(_ name: String) throws -> CaseRecord {
        var recording = try Recording(string("\(name)-record.txt"))
        recording.record.texts += [
            try text(.trace, "\(name)-trace.txt"), try text(.kernelLog, "\(name)-log.txt"),
        ]
        if name == "smoke" {
            recording.record.texts.append(try text(.traceStatistics, "stats.txt"))
        }
        for device in recording.record.devices.values {
            let slot = device.description.dropFirst(5).replacing(":", with: ".")
            recording.record.texts += [
                try text(.reservedRegions(device), "reserved-\(slot).txt"),
                try text(.groupMembers(device), "members-\(slot).txt"),
                try text(.groupType(device), "type-\(slot).txt"),
            ]
        }
        recording.record.unsafeInterruptsAllowed = name != "deny"
        return recording.record
    }
}
