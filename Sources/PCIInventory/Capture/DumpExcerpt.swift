// SPDX-License-Identifier: GPL-3.0-or-later

private import CLibPCIGuard
internal import SystemPackage
internal import Vocabulary

/// The checked part of a dump that libpci decodes, in memory, under a name that it can open.
///
/// A copy, because the file may change between the check and libpci's own reading, and because the
/// dump may be a pipe.
struct DumpExcerpt: ~Copyable {
    private let descriptor: FileDescriptor
    /// The whole configuration spaces.
    let configurations: [PCIAddress: [UInt8]]

    /// What to give to libpci as `dump.name`; valid while the excerpt lives.
    var name: String { "/proc/self/fd/\(descriptor.rawValue)" }

    /// Takes over the descriptor of a file in memory.
    private init(descriptor: FileDescriptor, _ configurations: [PCIAddress: [UInt8]]) {
        self.descriptor = descriptor
        self.configurations = configurations
    }

    /// Reads and checks a dump.
    static func make(of file: FilePath) throws(PCIInventoryError) -> DumpExcerpt {
        let source = try attempt(file) { () throws in try FileDescriptor.open(file, .readOnly) }
        defer { close(source) }
        let memory = pci_guard_memory_file()
        guard memory >= 0 else { throw .unreadable(file, Errno(rawValue: -memory)) }
        let target = FileDescriptor(rawValue: memory)
        do {
            return DumpExcerpt(
                descriptor: target, try excerpt(from: source, file, to: target))
        } catch {
            close(target)
            throw error
        }
    }

    deinit { Self.close(descriptor) }

    private static let chunkSize = 1 << 16
    private static let longestLine = 4096

    private static func excerpt(
        from source: FileDescriptor, _ file: FilePath, to target: FileDescriptor
    ) throws(PCIInventoryError) -> [PCIAddress: [UInt8]] {
        var reader = DumpReader(file: file)
        var rest: [UInt8] = []
        while let chunk = try read(source, file) {
            rest += chunk
            let taken = try feed(rest, to: &reader)
            rest.removeFirst(taken)
            guard rest.count <= longestLine else {
                throw .malformedLine(
                    file, line: reader.lineNumber + 1,
                    text: Quoted.text(rest), .tooLong)
            }
            try write(&reader, file, to: target)
        }
        if !rest.isEmpty {
            try reader.take(rest.indices, of: rest)
        }
        try reader.finish()
        try write(&reader, file, to: target)
        return reader.configurations
    }

    /// Gives all complete lines to the reader and returns how many bytes they were.
    private static func feed(
        _ text: [UInt8], to reader: inout DumpReader
    ) throws(PCIInventoryError) -> Int {
        var start = 0
        for place in text.indices where text[place] == UInt8(ascii: "\n") {
            try reader.take(start..<place, of: text)
            start = place + 1
        }
        return start
    }

    private static func read(
        _ source: FileDescriptor, _ file: FilePath
    ) throws(PCIInventoryError) -> [UInt8]? {
        let chunk = try attempt(file) { () throws in
            unsafe try [UInt8](unsafeUninitializedCapacity: chunkSize) { buffer, count in
                count = unsafe try source.read(into: UnsafeMutableRawBufferPointer(buffer))
            }
        }
        return chunk.isEmpty ? nil : chunk
    }

    private static func write(
        _ reader: inout DumpReader, _ file: FilePath, to target: FileDescriptor
    ) throws(PCIInventoryError) {
        _ = try attempt(file) { () throws in try target.writeAll(reader.excerpt) }
        reader.excerpt.removeAll(keepingCapacity: true)
    }

    private static func attempt<Value>(
        _ file: FilePath, _ work: () throws -> Value
    ) throws(PCIInventoryError) -> Value {
        do {
            return try work()
        } catch {
            throw .unreadable(file, error as? Errno ?? .ioError)
        }
    }

    private static func close(_ descriptor: FileDescriptor) {
        // Read-only or in memory: nothing is lost when closing it fails.
        try? descriptor.close()
    }
}
