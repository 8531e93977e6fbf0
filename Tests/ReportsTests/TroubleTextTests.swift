// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import Reports
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
}
