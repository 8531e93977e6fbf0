// SPDX-License-Identifier: GPL-3.0-or-later

private import Vocabulary

/// One line for each function, byte for byte as `lspci` prints it.
package struct TerseListing {
    /// Whether addresses carry their domain: `lspci` shows it as soon as one is not zero.
    package let showsDomain: Bool

    package init(of devices: [PCIDevice]) {
        showsDomain = devices.contains { $0.address.domain != 0 }
    }

    package init(showsDomain: Bool) {
        self.showsDomain = showsDomain
    }

    /// Writes the line of a function, without its line end.
    package func line(_ device: PCIDevice) -> String {
        let kind = Self.shortened(device.classCode.name ?? "Class \(device.classCode.code)")
        let name = Self.shortened(Self.name(device.identity.vendor, device.identity.device))
        let revision =
            device.revision == 0
            ? "" : " (rev \(Hexadecimal.digits(UInt64(device.revision), width: 2)))"
        return "\(place(device.address)) \(kind): \(name)\(revision)"
    }

    private func place(_ address: PCIAddress) -> String {
        let full = address.description
        return showsDomain ? full : String(full.drop { $0 != ":" }.dropFirst())
    }

    /// Writes a vendor and a device as lspci does when it knows both, one or none of the names.
    static func name(_ vendor: NamedID, _ device: NamedID) -> String {
        switch (vendor.name, device.name) {
        case (let vendor?, let device?): "\(vendor) \(device)"
        case (let vendor?, nil): "\(vendor) Device \(device.id)"
        case (nil, _): "Device \(vendor.id):\(device.id)"
        }
    }

    /// Cuts a name where lspci's buffer of `size` bytes ends.
    static func shortened(_ name: String, size: Int = 128) -> String {
        guard name.utf8.count >= size else { return name }
        return String(decoding: name.utf8.prefix(size - 4), as: UTF8.self) + "..."
    }
}
