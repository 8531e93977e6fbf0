// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import ReferenceModel
import Vocabulary

/// What the kernel says of MSI controllers while it boots.
enum AnnouncedDoorbells {
    /// The driver that sets a controller up.
    enum Design { case frame, service, messages }

    static func design(of fact: LogFact) -> Design? {
        switch fact {
        case .frame: .frame
        case .its: .service
        case .messageFrame, .messageRange: .messages
        case .banner, .smmu, .stage, .noInterruptRemapping: nil
        }
    }

    static func design(of kind: DoorbellNode.Kind) -> Design {
        switch kind {
        case .frame, .graviton: .frame
        case .its, .preITS: .service
        case .mbi: .messages
        }
    }

    /// The doorbells that the log alone tells of, for a board whose firmware cannot be read.
    static func all(_ evidence: BoardEvidence) -> [Doorbell] {
        let facts = evidence.logFacts.map(\.fact)
        let ranges = facts.compactMap { fact in
            if case .messageRange(let range) = fact { range } else { nil }
        }
        return facts.compactMap { fact in
            switch fact {
            case .frame(let base, _, let spis): Doorbell(kind: .gicV2m(spis: spis), base: base)
            case .its(let base, _): Doorbell(kind: .its, base: base)
            case .messageFrame(let base): Doorbell(kind: .mbi(ranges: ranges), base: base)
            case .messageRange, .banner, .smmu, .stage, .noInterruptRemapping: nil
            }
        }
    }
}
