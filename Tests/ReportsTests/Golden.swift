// SPDX-License-Identifier: GPL-3.0-or-later

import FoundationEssentials
import Testing

/// Compares text with a file under `Fixtures`, which is reviewed as a difference when it changes.
///
/// With `DOORBELL_RECORD` set the file is written instead, and the test fails so that nobody
/// records by mistake.
func expectGolden(
    _ text: String, _ file: String, sourceLocation: SourceLocation = #_sourceLocation
) throws {
    let url = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures")
        .appending(path: file)
    if ProcessInfo.processInfo.environment["DOORBELL_RECORD"] != nil {
        try text.write(to: url, atomically: true, encoding: .utf8)
        Issue.record("\(file) was recorded", sourceLocation: sourceLocation)
    }
    let expected = try String(contentsOf: url, encoding: .utf8)
    #expect(text == expected, "\(file)", sourceLocation: sourceLocation)
}
