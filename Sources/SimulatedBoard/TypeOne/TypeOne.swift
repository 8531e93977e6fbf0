// SPDX-License-Identifier: GPL-3.0-or-later
import Vocabulary

/// What `vfio_iommu_type1.c` keeps for one container with an IOMMU.
final class TypeOne {
    /// One domain and the groups in it.
    final class Member {
        let domain: Domain
        var groups: [IOMMUGroup]

        init(_ domain: Domain, _ group: IOMMUGroup) {
            self.domain = domain
            groups = [group]
        }
    }

    /// One `struct vfio_dma`.
    struct UserMap {
        let range: IOVARange
        let runs: [UserMemory.Run]

        var size: ByteCount {
            .bytes(range.last.rawValue - range.first.rawValue + 1)
        }
    }

    /// The newest first, as `list_add` leaves them.
    var members: [Member] = []
    /// By address.
    private(set) var maps: [UserMap] = []
    /// Windows that a user of V12 has registered.
    var windows: [IOVARange] = []

    var groups: [IOMMUGroup] { members.flatMap(\.groups) }

    func add(_ map: UserMap) {
        let place = maps.firstIndex { $0.range.first > map.range.first } ?? maps.count
        maps.insert(map, at: place)
    }

    func remove(_ map: UserMap) { maps.removeAll { $0.range == map.range } }

    /// Finds a user's map that meets a range.
    func map(meeting range: IOVARange) -> UserMap? { maps.first { $0.range.overlaps(range) } }

    func map(holding iova: IOVA) -> UserMap? { maps.first { $0.range.contains(iova) } }
}
