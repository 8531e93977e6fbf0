// SPDX-License-Identifier: GPL-3.0-or-later

import Campaigns
import Reports
import SystemPackage

extension Project {
    /// What campaigns of many runs share; each run gets the reports that one by hand has.
    func suiteBench(_ lab: SourceText, runs: FilePath) -> SuiteBench {
        SuiteBench(lab: lab, agent: agent, runs: runs, versions: Versions.all) { outcome, folder in
            let report = RunReport(outcome, folder: folder, project: self)
            return [
                "report.txt": TextReport.render(report, ink: .plain),
                "junit.xml": JUnitReport.render(report),
            ]
        }
    }
}
