// SPDX-License-Identifier: GPL-3.0-or-later

import DoorbellCommand
import Foundation
import SystemPackage
import Testing
import Vocabulary

/// The peak of resident memory in what `/proc/self/status` says.
@Suite struct PeakMemoryTests {
    @Test func itIsTheLineOfTheHighWaterMark() {
        let status = "VmPeak:\t  912345 kB\nVmHWM:\t   31234 kB\nVmRSS:\t   30000 kB\n"
        #expect(PeakMemory.peak(in: status) == .kibibytes(31234))
    }

    @Test(arguments: ["", "VmHWM:\n", "VmHWM:\t31234\n", "VmHWM:\tmany kB\n", "VmRSS:\t1 kB\n"])
    func whatDoesNotSayItIsNothing(status: String) {
        #expect(PeakMemory.peak(in: status) == nil)
    }

    @Test func whatARunLeavesIsReadBack() throws {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "doorbell-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        #expect(PeakMemory.read(from: FilePath(folder.path)) == nil)
        try PeakMemory.write(to: FilePath(folder.path))
        let peak = try #require(PeakMemory.read(from: FilePath(folder.path)))
        #expect(peak > .kibibytes(1024), "a Swift process takes more than a mebibyte")
    }
}
