// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

extension Doorbell {
    /// The register that a vector writes to.
    ///
    /// Nothing where that depends on an interrupt that is not known, or where the register would
    /// lie beyond 64 bits.
    package func register(for context: VectorContext) -> PhysicalAddress? {
        switch kind {
        case .gicV2m, .its, .mbi: register
        case .graviton(let spis): context.interrupt.flatMap { Graviton.register($0, spis, base) }
        case .preITS(let window): SynquacerPreITS.register(context.device, window)
        }
    }

    /// The registers that a vector may write to, in ascending order; one where it is certain.
    package func registers(for context: VectorContext) -> [PhysicalAddress] {
        if let register = register(for: context) { return [register] }
        guard case .graviton(let spis) = kind, context.interrupt == nil else { return [] }
        return Graviton.registers(spis, base)
    }

    /// The pages that a vector's register may lie in, in ascending order; one where it is certain.
    package func pages(for context: VectorContext, _ granule: Granule) -> [PhysicalAddress] {
        Set(registers(for: context).map { $0.page(of: granule) }).sorted()
    }

    /// The interrupt that a write raises; nothing where an ITS translates, or no interrupt is named.
    package func interrupt(of data: UInt32, at register: PhysicalAddress) -> InterruptID? {
        switch kind {
        case .gicV2m(let spis, let form):
            register == self.register ? form.interrupt(of: data, spis) : nil
        case .graviton(let spis): Graviton.interrupt(at: register, spis, base)
        case .mbi(let ranges, _):
            register == self.register
                ? ranges.first { $0.contains(InterruptID(rawValue: data)) }
                    .map { _ in InterruptID(rawValue: data) } : nil
        case .its, .preITS: nil
        }
    }
}
