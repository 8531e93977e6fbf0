// SPDX-License-Identifier: GPL-3.0-or-later

private import Vocabulary

extension MirroredFunction {
    /// Takes one keyword of the program's output; false when it cannot stand there.
    ///
    /// Every value ends up in a file name or in libpci's own parser, so only what the kernel
    /// writes there is let through.
    mutating func set(_ keyword: String, to value: String) -> Bool {
        switch keyword {
        case "path": setPath(value)
        case "resource": addResource(value)
        case "driver": Self.set(&driver, value)
        case "iommu_group": Self.set(&iommuGroup, value)
        default: setFile(keyword, value)
        }
    }

    /// Checks that everything is there that libpci insists on.
    func checkComplete() throws(SysfsMirrorError) {
        for file in MirroredFile.mandatory where values[file] == nil {
            throw .missingFile(address, file.rawValue)
        }
        guard !path.isEmpty else { throw .missingFile(address, "path") }
        guard !resources.isEmpty else { throw .missingFile(address, "resource") }
    }

    private mutating func setPath(_ value: String) -> Bool {
        let parts = value.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard path.isEmpty, parts.count <= 64, parts.allSatisfy(Self.isName),
            parts.last == address.description
        else { return false }
        path = parts
        return true
    }

    private mutating func addResource(_ value: String) -> Bool {
        let numbers = value.split(separator: " ", omittingEmptySubsequences: false)
        guard resources.count < 32, numbers.count == 3, numbers.allSatisfy(Self.isHexadecimal)
        else { return false }
        resources.append(value)
        return true
    }

    private mutating func setFile(_ keyword: String, _ value: String) -> Bool {
        guard let file = MirroredFile(rawValue: keyword), values[file] == nil else { return false }
        let isDecimal = file == .interrupt || file == .numaNode
        guard isDecimal ? Int32(value) != nil : Self.isHexadecimal(value) else { return false }
        values[file] = value
        return true
    }

    private static func set(_ link: inout String?, _ value: String) -> Bool {
        guard link == nil, isName(value) else { return false }
        link = value
        return true
    }

    private static func isHexadecimal(_ text: some StringProtocol) -> Bool {
        text.hasPrefix("0x") && Hexadecimal.value(text) != nil
    }

    /// Whether a word can be the name of one file, and of no other than it says.
    private static func isName(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= 128 && text != "." && text != ".."
            && text.utf8.allSatisfy { 0x21...0x7e ~= $0 && $0 != UInt8(ascii: "/") }
    }
}
