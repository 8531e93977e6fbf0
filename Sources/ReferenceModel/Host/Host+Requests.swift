// SPDX-License-Identifier: GPL-3.0-or-later

import Vocabulary

extension Host {
    /// Where and how much a step asks for; the range is nothing when the kernel refuses its form.
    func request(
        _ name: ContainerName, _ at: Placement, _ size: Extent, _ seen: inout StepExpectation
    ) -> (range: IOVARange?, first: IOVA, size: ByteCount)? {
        if design.interface == .hostDriver {
            seen.nobodyAssigns()
            return nil
        }
        guard spaces[name] != nil else {
            seen.outcome = .impossible(reason: "container \(name) is not open")
            return nil
        }
        guard let first = at.address(page: board.pageSize),
            let size = size.size(page: board.pageSize)
        else {
            seen.outcome = .impossible(reason: "the range leaves 64 bits")
            return nil
        }
        return (IOVARange(first: first, size: size), first, size)
    }

    func isAligned(_ first: IOVA, _ size: ByteCount) -> Bool {
        (first.rawValue | size.rawValue) & (board.pageSize.bytes.rawValue - 1) == 0
    }
}
