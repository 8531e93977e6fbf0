// SPDX-License-Identifier: GPL-3.0-or-later

import Vocabulary

/// A line of `reserved_regions`.
struct ReservedLine: Sendable, Hashable {
    /// The kernel's word for the type; both kinds of MSI regions read `msi`.
    enum Kind: String, Sendable, Hashable {
        case direct
        case relaxable = "direct-relaxable"
        case msi
    }

    let range: IOVARange
    let kind: Kind

    /// As `iommu_group_show_resv_regions` prints it (6.1).
    var text: String {
        let first = Hexadecimal.prefixed(range.first.rawValue, width: 16)
        return "\(first) \(Hexadecimal.prefixed(range.last.rawValue, width: 16)) \(kind.rawValue)"
    }
}

extension Host {
    /// What a group's drivers reserve, sorted, equals merged
    /// (`iommu_insert_resv_region`, 6.1).
    func regions(of group: IOMMUGroup) -> [ReservedLine] {
        var lines = board.host.hardwareWindows.map { ReservedLine(range: $0, kind: .msi) }
        if board.host.addsSoftwareWindow, let window = parameters.window.range {
            lines.append(ReservedLine(range: window, kind: .msi))
        }
        for member in group.members {
            lines += (board.host.directRegions[member] ?? []).map {
                ReservedLine(range: $0.range, kind: $0.isRelaxable ? .relaxable : .direct)
            }
        }
        return ReservedLine.merged(lines)
    }

    /// What keeps user maps out of a space that holds these groups.
    func obstacles(of groups: [IOMMUGroup]) -> [IOVARange] {
        guard design.keepsRegionsFree else { return [] }
        return groups.flatMap(regions).filter { $0.kind != .relaxable }.map(\.range)
    }

    /// Where user space may map while these groups are attached.
    func mappable(with groups: [IOMMUGroup]) -> [IOVARange] {
        IOVASpace.ranges(of: board.aperture, without: obstacles(of: groups))
    }

    /// The ranges that a space tells; nothing where the kernel tells none.
    func ranges(of container: ContainerName) -> [IOVARange]? {
        guard design.tellsRanges, let space = spaces[container], !space.groups.isEmpty else {
            return nil
        }
        return mappable(with: space.groups)
    }
}

extension ReservedLine {
    /// Sorts lines, and joins those of one kind that overlap or touch.
    static func merged(_ lines: [ReservedLine]) -> [ReservedLine] {
        var result: [ReservedLine] = []
        for line in lines.sorted(by: { $0.range.first < $1.range.first }) {
            let place = result.lastIndex { $0.kind == line.kind && $0.range.meets(line.range) }
            guard let place, let joined = result[place].range.joined(with: line.range) else {
                result.append(line)
                continue
            }
            result[place] = ReservedLine(range: joined, kind: line.kind)
        }
        return result
    }
}

extension IOVARange {
    /// Whether the other begins inside this one or right behind it.
    fileprivate func meets(_ next: IOVARange) -> Bool {
        guard let behind = last.advanced(by: .bytes(1)) else { return true }
        return next.first <= behind
    }

    fileprivate func joined(with next: IOVARange) -> IOVARange? {
        IOVARange(first: first, last: max(last, next.last))
    }
}
