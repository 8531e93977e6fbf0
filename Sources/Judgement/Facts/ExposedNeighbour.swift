// SPDX-License-Identifier: GPL-3.0-or-later

package import Evidence
package import ReferenceModel
package import Vocabulary

/// A piece of what a doorbell's map exposes, and what lies there.
package struct ExposedNeighbour: Sendable, Hashable, Codable {
    package let range: PhysicalRange
    /// Whose it is; nothing where neither `/proc/iomem` nor firmware names it.
    package let owner: String?
    /// The lines that say so.
    package let lines: [RawLine]

    package init(range: PhysicalRange, owner: String?, lines: [RawLine]) {
        self.range = range
        self.owner = owner
        self.lines = lines
    }
}

extension ExposedNeighbour: CustomStringConvertible {
    package var description: String { "\(range) \(owner ?? "(not named in /proc/iomem)")" }
}

extension Exposure {
    /// Names what lies in the exposed addresses, in ascending order.
    ///
    /// The deepest region of `/proc/iomem` names an address; what no region holds is named by the
    /// other doorbells, whose frames the kernel maps without asking for the region.
    package func neighbours(
        memory: [MemoryRegion], doorbells: [Doorbell]
    ) -> [ExposedNeighbour] {
        foreign.flatMap { range in
            var rest = [range]
            var named: [ExposedNeighbour] = []
            for owner in ResourceOwner.all(memory: memory, doorbells: doorbells) {
                named += rest.compactMap { owner.range.intersection($0) }.map {
                    ExposedNeighbour(range: $0, owner: owner.name, lines: owner.lines)
                }
                rest = rest.flatMap { $0.subtracting(owner.range) }
            }
            named += rest.map { ExposedNeighbour(range: $0, owner: nil, lines: []) }
            return named.sorted { $0.range.first < $1.range.first }
        }
    }
}

/// Who owns a run of physical addresses, the most special first.
struct ResourceOwner {
    let range: PhysicalRange
    let name: String
    let lines: [RawLine]

    static func all(memory: [MemoryRegion], doorbells: [Doorbell]) -> [ResourceOwner] {
        let regions = memory.sorted { $0.depth > $1.depth }.compactMap { region in
            PhysicalRange(first: region.first, last: region.last).map {
                ResourceOwner(range: $0, name: region.owner, lines: [region.line])
            }
        }
        let frames = doorbells.compactMap { doorbell in
            doorbell.ownRange.map {
                ResourceOwner(
                    range: $0, name: "\(doorbell.kind.name) frame at \(doorbell.base)", lines: [])
            }
        }
        return regions + frames
    }
}
