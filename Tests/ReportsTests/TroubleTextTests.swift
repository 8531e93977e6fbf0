// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import Reports
import ResultArchive
import Testing

@Suite("What a kernel told of on its console")
struct TroubleTextTests {
    @Test("Each trouble stands once, with how often it came and where first")
    func troubles() throws {
        let sample = try Sample()
        var report = try sample.report()
        #expect(!TextReport.render(report, ink: .plain).contains("on their consoles"))
        let warnings = [7, 12].map { line in
            KernelTrouble(
                kind: .warning, title: "WARNING in iommu_dma_init", line: line, text: "WARNING")
        }
        report.troubles = [BoardTroubles(board: sample.its, troubles: warnings)]
        #expect(
            TextReport.render(report, ink: .plain).contains(
                """
                told by kernels on their consoles
                    virt-its  warning: WARNING in iommu_dma_init (2 times)  console.log:8
                """))
    }

    @Test("What dead kernels have left is told, with what it says or that it says nothing")
    func testaments() throws {
        let sample = try Sample()
        var report = try sample.report()
        let panic = KernelTrouble(
            kind: .panic, title: "Kernel panic - not syncing: VFS", line: 2, text: "Kernel panic")
        report.troubles = [
            BoardTroubles(
                board: sample.its, troubles: [],
                records: [
                    StoredRecord(file: "pstore.console-ramoops-0.txt", troubles: []),
                    StoredRecord(file: "pstore.dmesg-efi-1.txt", troubles: [panic]),
                    StoredRecord(file: "pstore.dmesg-efi-2.txt", troubles: []),
                ])
        ]
        let text = TextReport.render(report, ink: .plain)
        #expect(!text.contains("on their consoles"))
        #expect(
            text.contains(
                """
                left by dead kernels in persistent stores
                    virt-its  panic: Kernel panic - not syncing: VFS  pstore.dmesg-efi-1.txt:3
                    virt-its  no trouble in pstore.console-ramoops-0.txt and 1 more
                """), "\(text)")
    }
}
