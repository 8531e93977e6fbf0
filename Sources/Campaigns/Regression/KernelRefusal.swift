// SPDX-License-Identifier: GPL-3.0-or-later

import KernelTree

/// Tells what only one kernel of a history cannot do from what is wrong with all of them.
enum KernelRefusal {
    /// Whether another revision may be compiled although this one could not.
    static func isMeant(by error: any Error) -> Bool {
        switch error {
        case let trouble as RecipeTrouble:
            switch trouble {
            case .patchRefused, .lostOptions, .noKernelSource: true
            case .unreadable, .badLine, .noRevision: false
            }
        case let failure as BuildFailure:
            switch failure {
            case .refused, .notAnImage: true
            case .noRoom, .noAccess, .noTool, .elsewhere: false
            }
        default: false
        }
    }
}
