// SPDX-License-Identifier: GPL-3.0-or-later

private import Vocabulary

extension SysfsMirror {
    /// Reads the output of `program`, which is not trusted.
    ///
    /// - Throws: `SysfsMirrorError.badLine` with the first line that the program cannot have
    ///   written, or another case when something is missing.
    package init(parsing output: [UInt8]) throws(SysfsMirrorError) {
        var parser = MirrorParser()
        var lines = output.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        guard lines.popLast()?.isEmpty == true else { throw .cutOff(afterLine: lines.count) }
        for line in lines {
            try parser.take(line)
        }
        self.init(functions: try parser.finish())
    }
}

/// The state between two lines of the program's output.
private struct MirrorParser {
    private var lineNumber = 0
    private var functions: [MirroredFunction] = []
    private var seen = Set<PCIAddress>()
    private var place = Place.start

    /// Which lines may come next.
    private enum Place {
        case start
        case between
        case files(MirroredFunction)
        case configuration(MirroredFunction)
        case done
    }

    mutating func take(_ bytes: ArraySlice<UInt8>) throws(SysfsMirrorError) {
        lineNumber += 1
        let text = String(decoding: bytes.prefix(512), as: UTF8.self)
        guard bytes.count <= 512, bytes.allSatisfy({ 0x20...0x7e ~= $0 }),
            let next = next(after: text)
        else { throw .badLine(number: lineNumber, text: Quoted.text(bytes)) }
        place = next
    }

    mutating func finish() throws(SysfsMirrorError) -> [MirroredFunction] {
        guard case .done = place else { throw .cutOff(afterLine: lineNumber) }
        for function in functions {
            try function.checkComplete()
        }
        return functions
    }

    private mutating func next(after line: String) -> Place? {
        let (keyword, value) = Self.parts(line)
        switch place {
        case .start: return line == "doorbell-sysfs-mirror 1" ? .between : nil
        case .between where keyword == "function": return begin(value)
        case .between where keyword == "done": return Int(value) == functions.count ? .done : nil
        case .files(let function): return file(keyword, value, of: function)
        case .configuration(let function): return configuration(line, of: function)
        case .between, .done: return nil
        }
    }

    private static func parts(_ line: String) -> (keyword: String, value: String) {
        guard let space = line.firstIndex(of: " ") else { return (line, "") }
        return (String(line[..<space]), String(line[line.index(after: space)...]))
    }

    private mutating func begin(_ value: String) -> Place? {
        guard let address = PCIAddress(value), address.description == value,
            address.domain <= Int32.max, seen.insert(address).inserted
        else { return nil }
        return .files(MirroredFunction(address: address))
    }

    private func file(_ keyword: String, _ value: String, of function: MirroredFunction) -> Place? {
        if keyword == "config" {
            return value.isEmpty ? .configuration(function) : nil
        }
        var function = function
        return function.set(keyword, to: value) ? .files(function) : nil
    }

    private mutating func configuration(
        _ line: String, of function: MirroredFunction
    ) -> Place? {
        if line == "end \(function.address)" {
            functions.append(function)
            return .between
        }
        var function = function
        guard let bytes = HexadecimalBytes.decode(line.utf8),
            function.configuration.count + bytes.count <= ConfigurationSpace.largest
        else { return nil }
        function.configuration += bytes
        return .configuration(function)
    }
}
