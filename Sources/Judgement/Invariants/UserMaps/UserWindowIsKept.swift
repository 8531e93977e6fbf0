// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import ReferenceModel
import Vocabulary

extension Invariant {
    static let userWindowIsKept = Invariant(
        id: .msi(28), name: "user-window-is-kept",
        statement:
            "What the user registered as window takes no map and no second window, and doorbells lie in it, the highest page first.",
        generations: [.userWindow], needs: [.calls, .trace],
        reason:
            "vfio_register_reserved_iova_range, series v14; iommu_msi_get_doorbell_iova, msi-iommu.c, series v12"
    ) { judged in
        var seen = Observations(.msi(28))
        var windows: [ContainerName: IOVARange] = [:]
        let page = judged.board.pageSize
        for step in judged.steps {
            switch step.record.step {
            case .window(let container, let at, let size):
                guard let range = JudgedStep.range(at, size, page) else { continue }
                if windows[container]?.overlaps(range) == true {
                    judged.judgeUserWindow(step, &seen)
                } else if step.record.succeeded {
                    windows[container] = range
                }
            case .map(let container, _, _):
                guard let range = step.mapRange(page), let window = windows[container],
                    range.overlaps(window)
                else { continue }
                judged.judgeUserWindow(step, &seen)
            case .close(let container), .open(let container): windows[container] = nil
            default: judged.judgePlace(step, in: windows, &seen)
            }
        }
        return seen
    }
}

extension JudgedCase {
    fileprivate func judgeUserWindow(_ step: JudgedStep, _ seen: inout Observations) {
        guard let matches = step.expected.outcome.matches(step.record.firstFailure),
            seen.wasDone(step)
        else { return }
        seen.check(
            matches, step.record.subject, expected: "\(step.expected.outcome)",
            observed: "\(step.record.firstFailure?.errno ?? .none)", lines: step.record.callLines)
    }

    fileprivate func judgePlace(
        _ step: JudgedStep, in windows: [ContainerName: IOVARange], _ seen: inout Observations
    ) {
        guard case .container(let name) = deviceDomain(at: step.position)?.owner,
            let window = windows[name]
        else { return }
        compareDoorbellMaps(of: step, &seen)
        for event in maps(during: step.position) where event.isDoorbellMap {
            guard let range = event.map?.range else { continue }
            seen.check(
                window.contains(range), "the doorbell map of \(step.record.subject)",
                expected: "it inside of \(window)", observed: "it at \(range)", lines: [event.line])
        }
    }
}
