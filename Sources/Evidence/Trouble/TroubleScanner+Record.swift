// SPDX-License-Identifier: GPL-3.0-or-later

extension TroubleScanner {
    /// Finds every trouble in a record of pstore: what a dead kernel has left.
    ///
    /// A record may begin with the kernel's own boot, which is no reboot.
    package static func troubles(inRecord bytes: some Sequence<UInt8>) -> [KernelTrouble] {
        var scanner = TroubleScanner()
        return (scanner.take(bytes) + scanner.finish()).filter { $0.kind != .reboot }
    }
}
