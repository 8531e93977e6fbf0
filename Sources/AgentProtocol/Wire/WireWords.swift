// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

extension IOVA: WireValue {}
extension ByteCount: WireValue {}
extension VectorIndex: WireValue {}
extension InterruptKind: WireValue {}
extension MessageAddress: WireValue {}
extension KernelErrno: WireValue {}
extension BoardInstant: WireValue {}

extension IOVARange: WireValue {
    package func write(to writer: inout WireWriter) {
        first.write(to: &writer)
        last.write(to: &writer)
    }

    package init(from reader: inout WireReader) throws(WireError) {
        let first = try IOVA(from: &reader)
        let offset = reader.offset
        let last = try IOVA(from: &reader)
        guard let range = IOVARange(first: first, last: last) else {
            throw .meaningless(offset: offset, found: last.rawValue)
        }
        self = range
    }
}

extension MSIMessage: WireValue {
    package func write(to writer: inout WireWriter) {
        address.write(to: &writer)
        data.write(to: &writer)
    }

    package init(from reader: inout WireReader) throws(WireError) {
        self.init(
            address: try MessageAddress(from: &reader), data: try UInt32(from: &reader))
    }
}

extension PCIAddress: WireValue {
    package func write(to writer: inout WireWriter) {
        domain.write(to: &writer)
        bus.write(to: &writer)
        device.write(to: &writer)
        function.write(to: &writer)
    }

    package init(from reader: inout WireReader) throws(WireError) {
        let domain = try UInt32(from: &reader)
        let bus = try UInt8(from: &reader)
        let offset = reader.offset
        let device = try UInt8(from: &reader)
        let function = try UInt8(from: &reader)
        guard
            let address = PCIAddress(domain: domain, bus: bus, device: device, function: function)
        else { throw .meaningless(offset: offset, found: UInt64(device)) }
        self = address
    }
}
