// SPDX-License-Identifier: GPL-3.0-or-later

internal import CLibPCI
private import CLibPCIGuard
private import SystemPackage

/// One access to libpci, from allocation to cleanup; never shared, never kept.
///
/// Every call that may end in libpci's `error` callback goes through the guard.
@safe
struct LibPCI: ~Copyable {
    private let source: PCISource
    private let access: UnsafeMutablePointer<pci_access>
    private var report = pci_guard_report()
    /// After an error the library's state is unknown: the access is abandoned, not cleaned.
    private var isAbandoned = false

    /// Fixes the method, so that libpci never tries I/O ports or `/dev/mem`.
    init(_ source: PCISource, parameter: String?) throws(PCIInventoryError) {
        self.source = source
        let (method, name) =
            switch source {
            case .dump: (PCI_ACCESS_DUMP, "dump.name")
            case .thisMachine, .sysfs: (PCI_ACCESS_SYS_BUS_PCI, "sysfs.path")
            }
        let made = unsafe pci_guard_alloc(
            method.rawValue, parameter == nil ? nil : name, parameter)
        guard let made = unsafe made else {
            throw .libraryError(source: source, message: "it does not know the parameter \(name)")
        }
        unsafe access = made
    }

    deinit {
        guard !isAbandoned else { return }
        var last = pci_guard_report()
        _ = unsafe pci_guard_cleanup(access, &last)
    }

    /// Finds the functions; their order means nothing.
    mutating func scan() throws(PCIInventoryError) -> [Function] {
        try check(unsafe pci_guard_scan(access, &report))
        var found: [Function] = []
        var next = unsafe access.pointee.devices
        while let device = unsafe next {
            unsafe found.append(Function(pointer: device))
            unsafe next = device.pointee.next
        }
        return found
    }

    /// Fills the fields of a function; a field that is unknown is no error (see `known_fields`).
    mutating func fill(_ function: Function, _ fields: Int32) throws(PCIInventoryError) {
        try check(unsafe pci_guard_fill(function.pointer, fields, &report))
    }

    /// Reads configuration space from the start, as far as it can be read.
    ///
    /// libpci reads a block wholly or not at all, so the end is searched in ever smaller steps.
    mutating func configuration(
        of function: Function
    ) throws(PCIInventoryError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: ConfigurationSpace.largest)
        var length = 0
        for step in [ConfigurationSpace.largest, 256, 64, 16, 4, 1] {
            while length + step <= bytes.count,
                try isReadable(function, length + step, &bytes)
            {
                length += step
            }
        }
        return length == bytes.count ? bytes : Array(bytes.prefix(length))
    }

    private mutating func isReadable(
        _ function: Function, _ length: Int, _ bytes: inout [UInt8]
    ) throws(PCIInventoryError) -> Bool {
        var isThere = false
        try check(
            unsafe pci_guard_read(function.pointer, 0, &bytes, Int32(length), &isThere, &report))
        return isThere
    }

    /// Looks a name up in pci.ids, as lspci does; nothing when it is not there.
    mutating func name(
        _ mode: UInt32, _ ids: (Int32, Int32, Int32, Int32)
    ) throws(PCIInventoryError) -> String? {
        let flags = Int32(bitPattern: mode | PCI_LOOKUP_NO_NUMBERS.rawValue)
        var text = [CChar](repeating: 0, count: 256)
        let ids = [ids.0, ids.1, ids.2, ids.3]
        try check(
            unsafe pci_guard_name(access, &text, Int32(text.count), flags, ids, &report))
        let name = text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
        return name.isEmpty ? nil : String(decoding: name, as: UTF8.self)
    }

    private mutating func check(_ succeeded: Bool) throws(PCIInventoryError) {
        guard !succeeded else { return }
        isAbandoned = true
        let message = unsafe withUnsafeBytes(of: report.error) { bytes in
            unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
        throw .libraryError(source: source, message: message)
    }
}

extension LibPCI {
    /// A function in libpci's memory, valid as long as the access that found it.
    @safe
    struct Function {
        fileprivate let pointer: UnsafeMutablePointer<pci_dev>

        /// What libpci knows of it at this moment.
        var fields: pci_dev { unsafe pointer.pointee }

        /// The function above it, as far as sysfs said.
        var parent: Function? {
            unsafe pointer.pointee.parent.map { unsafe Function(pointer: $0) }
        }

        /// Copies a string property; nothing when the function has none.
        func text(_ property: Int32) -> String? {
            guard let text = unsafe pci_get_string_property(pointer, UInt32(property)) else {
                return nil
            }
            return unsafe String(cString: text)
        }
    }
}
