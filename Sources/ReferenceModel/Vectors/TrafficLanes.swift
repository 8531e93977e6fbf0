// SPDX-License-Identifier: GPL-3.0-or-later

import Vocabulary

extension LaneExpectation {
    /// Raises of a burst merge while the first of them is pending.
    mutating func merge() {
        mayMerge = true
        reason = "an edge interrupt that is pending takes in those behind it, GICv3, 4.1"
    }
}

extension TrafficExpectation {
    /// How often the vectors of a device are raised together.
    func raises(of device: PCIAddress) -> UInt64 {
        lanes.reduce(0) { $1.device == device ? $0 + $1.raised : $0 }
    }

    /// Changes what is said of each vector of a device.
    mutating func change(of device: PCIAddress, _ change: (inout LaneExpectation) -> Void) {
        for index in lanes.indices where lanes[index].device == device { change(&lanes[index]) }
    }

    /// An eventfd that was filled says nothing; the kernel counts on.
    mutating func overflow(_ device: PCIAddress?, _ vector: VectorIndex) {
        for index in lanes.indices
        where lanes[index].device == device && lanes[index].vector == vector {
            lanes[index].isFilled = true
        }
    }

    /// Nothing is said of a vector any more.
    mutating func forget(_ device: PCIAddress?, _ vector: VectorIndex) {
        for index in lanes.indices
        where lanes[index].device == device && lanes[index].vector == vector {
            lanes[index].arrivals = nil
        }
    }
}

extension StepExpectation {
    /// One vector that leads nowhere makes the SMMU complain, whatever the others do.
    mutating func fault(_ faults: Bool) {
        if case .oneOf = self.faults { return }
        self.faults = .exactly(faults || self.faults?.exact == true)
    }
}

extension BoardFacts {
    /// Whether a device's messages are LPIs: events of an ITS.
    func ringsLPIs(_ device: PCIAddress) -> Bool {
        controller(of: device)?.doorbells.contains { doorbell in
            switch doorbell.kind {
            case .its, .preITS: true
            case .gicV2m, .graviton, .mbi: false
            }
        } ?? false
    }
}
