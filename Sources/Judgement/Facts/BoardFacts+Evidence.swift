// SPDX-License-Identifier: GPL-3.0-or-later

package import Evidence
package import ReferenceModel
package import Vocabulary

extension BoardFacts {
    /// Draws what the model must know from what a board showed.
    ///
    /// Groups exist only after their devices have a driver, so they come from the case.
    ///
    /// - Throws: `ModelError.factMissing`, naming the first fact that no evidence holds.
    package init(
        _ evidence: BoardEvidence, groups: [PCIAddress: GroupEvidence]
    ) throws(ModelError) {
        let sets = groups.merging(evidence.groups) { own, _ in own }.compactMapValues { group in
            group.members.map { IOMMUGroup(members: Set($0)) }
        }
        let topology = try DoorbellFacts.gather(
            evidence, devices: sets.values.reduce(into: Set(sets.keys)) { $0.formUnion($1.members) }
        )
        self.init(
            kernel: try Self.kernel(evidence), pageSize: try Self.pageSize(evidence),
            aperture: try Self.aperture(evidence), topology: topology, groups: sets,
            host: try HostFacts(evidence))
    }

    private static func kernel(_ evidence: BoardEvidence) throws(ModelError) -> KernelVersion {
        guard let release = evidence.fact("kernel.release")?.value,
            let version = KernelVersion(release: release)
        else { throw .factMissing("the kernel's version (kernel.release)") }
        return version
    }

    private static func pageSize(_ evidence: BoardEvidence) throws(ModelError) -> Granule {
        guard let text = evidence.fact("page.kib")?.value, let kibibytes = UInt64(text),
            kibibytes <= 1024, let page = Granule(.kibibytes(kibibytes))
        else { throw .factMissing("the page size (page.kib)") }
        return page
    }

    /// Stage 1 translates as many bits as the kernel's own addresses have, 48 at most
    /// (`arm_smmu_domain_finalise_s1`, 6.1); the highest address of a process shows how many.
    ///
    /// A board that knows the width of its SMMU's input addresses says so in `smmu.bits`.
    private static func aperture(_ evidence: BoardEvidence) throws(ModelError) -> IOVARange {
        if let text = evidence.fact("smmu.bits")?.value {
            guard let bits = UInt64(text), (32...63).contains(bits),
                let range = IOVARange(
                    first: IOVA(rawValue: 0), last: IOVA(rawValue: 1 << bits - 1))
            else { throw .factMissing("the fact smmu.bits") }
            return range
        }
        guard let text = evidence.fact("user.top")?.value, let top = Hexadecimal.value(text),
            top > 1 << 32
        else { throw .factMissing("the highest user address (user.top)") }
        let bits = min(64 - (top - 1).leadingZeroBitCount, 48)
        guard
            let range = IOVARange(
                first: IOVA(rawValue: 0), last: IOVA(rawValue: 1 << UInt64(bits) - 1))
        else { throw .factMissing("the aperture of the SMMU") }
        return range
    }
}
