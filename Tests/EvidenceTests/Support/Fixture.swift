// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import Foundation
import Testing

/// A board and a kernel that texts were recorded from, each in a folder of `Fixtures/`.
enum RecordedBoard: String, CaseIterable, CustomTestStringConvertible {
    case itsOn61 = "virt-its-6.1"
    case itsOn612 = "virt-its-6.12"
    case v2mOn61 = "virt-v2m-6.1"
    case v2mOn612 = "virt-v2m-6.12"

    var testDescription: String { rawValue }

    func text(_ source: RawText.Source, _ name: String) throws -> RawText {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().appending(components: "Fixtures", rawValue)
        let text = try String(contentsOf: folder.appending(component: name), encoding: .utf8)
        return RawText(source: source, file: name, text: text)
    }
}
