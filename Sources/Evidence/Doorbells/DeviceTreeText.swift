// SPDX-License-Identifier: GPL-3.0-or-later

import Vocabulary

/// The text form of the parts of a device tree that say who rings where.
///
/// A line for each property, `/intc@8000000/v2m@8020000/reg=00000000080200000000000000001000`: the
/// node's path, the property's name, its bytes in hex. MSI controllers, whatever maps requester IDs,
/// and all nodes above them are in it.
package enum DeviceTreeText {
    /// Prints that form on the shell of a board.
    ///
    /// A board without a device tree prints nothing.
    package static let script = #"""
        cd /proc/device-tree 2>/dev/null || exit 0
        {
            find . -name compatible -exec grep -lE 'arm,gic-v2m-frame|arm,gic-v3-its' {} +
            find . -name msi-map -o -name msi-parent -o -name iommu-map
        } | sed 's|/[^/]*$||' | sort -u | while read -r node; do
            while echo "$node"; [ "$node" != . ]; do node=${node%/*}; done
        done | sort -u | while read -r node; do
            for property in compatible reg ranges '#address-cells' '#size-cells' phandle \
                linux,pci-domain bus-range msi-parent msi-map iommu-map \
                arm,msi-base-spi arm,msi-num-spis; do
                [ -f "$node/$property" ] || continue
                echo "${node#.}/$property=$(od -An -v -tx1 "$node/$property" | tr -d ' \n')"
            done
        done
        """#

    package static func parse(_ text: RawText) -> (tree: DeviceTree, damage: [Damage]) {
        let properties = Parsed.each(text.lines, property)
        var tree = DeviceTree()
        for property in properties.values { tree.add(property) }
        return (tree, properties.damage)
    }

    private static func property(_ line: RawLine) throws(Damage) -> DeviceTree.Property? {
        if line.text.isEmpty { return nil }
        guard let equals = line.text.lastIndex(of: "="),
            let slash = line.text[..<equals].lastIndex(of: "/"),
            let bytes = HexBytes.parse(line.text[line.text.index(after: equals)...])
        else { throw Damage(.unparsable, line, expected: "/PATH/PROPERTY=HEX") }
        return DeviceTree.Property(
            path: String(line.text[..<slash]),
            name: String(line.text[line.text.index(after: slash)..<equals]), bytes: bytes,
            line: line)
    }
}

/// Bytes written as pairs of hexadecimal digits.
enum HexBytes {
    /// Reads `0a1b…`, blanks allowed between pairs; nothing when anything else is in it.
    static func parse(_ text: some StringProtocol) -> [UInt8]? {
        let digits = text.utf8.filter { $0 != UInt8(ascii: " ") }
        guard digits.count.isMultiple(of: 2) else { return nil }
        var bytes: [UInt8] = []
        for index in stride(from: 0, to: digits.count, by: 2) {
            let pair = String(decoding: digits[index...index + 1], as: UTF8.self)
            guard let byte = UInt8(pair, radix: 16), pair.first != "+" else { return nil }
            bytes.append(byte)
        }
        return bytes
    }
}
