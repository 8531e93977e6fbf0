// SPDX-License-Identifier: GPL-3.0-or-later

import Campaigns
import Foundation
import ResultArchive
import SystemPackage
import Testing

/// A run that was made on virtual boards and is kept to judge later models against.
enum RecordedRun: String, CaseIterable, CustomTestStringConvertible {
    case smokeOn61 = "6.1-smoke"
    case smokeOn612 = "6.12-smoke"
    /// Cases of the security suite, each step with what QEMU saw of it.
    case observedOn612 = "6.12-observed"

    static let smokes: [RecordedRun] = [.smokeOn61, .smokeOn612]

    var testDescription: String { rawValue }

    static let folder = repository.appending(path: "Tests/CampaignsTests/Fixtures/Runs")

    var path: FilePath { Self.folder.appending(rawValue) }

    func archived() throws -> ArchivedRun { try ArchivedRun(path) }

    /// A copy to spoil.
    func withCopy(_ body: (FilePath) throws -> Void) throws {
        let copy = FileManager.default.temporaryDirectory
            .appending(path: "doorbell-recorded-\(UUID().uuidString)")
        try FileManager.default.copyItem(atPath: path.string, toPath: copy.path)
        defer {
            // A leftover in the temporary folder harms nobody.
            try? FileManager.default.removeItem(at: copy)
        }
        try body(FilePath(copy.path))
    }
}
