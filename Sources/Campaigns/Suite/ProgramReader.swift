// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SystemPackage
import Vocabulary

/// Reads the foreign program of a case.
struct ProgramReader {
    /// The devices of the case; nothing when those could not be read.
    let devices: [DeviceName: DeviceRequirement]?

    func program(_ value: Value) -> ForeignProgram? {
        guard let reader = MappingReader<ProgramKey>(value, strange: Expecting.sentence) else {
            return nil
        }
        let origin = origin(reader)
        let arguments = reader.optional(.arguments, default: []) { $0.list(of: argument) ?? [] }
        let environment = reader.optional(.environment, default: [:]) { variables($0) ?? [:] }
        let patience = reader.optional(.deadline, default: .seconds(60)) { $0.duration() }
        let measures = reader.optional(.measures, default: [:]) { self.measures($0) ?? [:] }
        guard let origin else { return nil }
        return ForeignProgram(
            origin: origin, arguments: arguments, environment: environment,
            milliseconds: patience.components.seconds * 1000
                + patience.components.attoseconds / 1_000_000_000_000_000,
            measures: measures)
    }

    private func origin(_ reader: MappingReader<ProgramKey>) -> ForeignProgram.Origin? {
        let named = [ProgramKey.file, .source, .kernelSource].filter { reader[$0] != nil }
        guard named.count == 1, let key = named.first, let value = reader[key] else {
            return reader.value.complain(
                "a program comes from a 'file', a 'source' or a 'kernel-source': name one of them",
                as: ForeignProgram.Origin.self)
        }
        switch key {
        case .file: return path(value).flatMap { present($0, value) }.map { .file($0) }
        case .source: return cPath(value).flatMap { present($0, value) }.map { .source($0) }
        default: return kernelSource(value)
        }
    }

    private func kernelSource(_ value: Value) -> ForeignProgram.Origin? {
        guard let reader = MappingReader<TestSourceKey>(value) else { return nil }
        let package = reader.required(.package) { value in
            value.text("a package like linux-source-6.12").flatMap { text in
                DebianPackage(pattern: text)
                    ?? value.complain(
                        "'\(shortened(text))' is no name of a Debian package",
                        as: DebianPackage.self)
            }
        }
        let file = reader.required(.file, cPath)
        guard let package, let file else { return nil }
        guard file.hasPrefix("tools/testing/selftests/") else {
            return reader[.file]?.complain(
                "a kernel's own tests lie in tools/testing/selftests/",
                as: ForeignProgram.Origin.self)
        }
        return .kernelSource(package: package, file: file)
    }

    private func cPath(_ value: Value) -> String? {
        guard let path = path(value) else { return nil }
        guard path.hasSuffix(".c") else {
            return value.complain("a C file is wanted here: its name ends with .c", as: String.self)
        }
        return path
    }

    /// A path to something that is there, as far as it is known from where it counts.
    private func present(_ path: String, _ value: Value) -> String? {
        guard let folder = value.book.folder else { return path }
        let file = folder.pushing(FilePath(path))
        guard FileManager.default.isReadableFile(atPath: file.string) else {
            return value.complain(
                "there is no file '\(shortened(path))' beside the suite that can be read",
                as: String.self)
        }
        return path
    }

    /// A path that leads nowhere but below the folder it counts from.
    private func path(_ value: Value) -> String? {
        guard let text = value.text("a path") else { return nil }
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard !parts.contains("..") && !parts.contains("") else {
            return value.complain(
                "'\(shortened(text))' leads out of its folder; write a path below it",
                as: String.self)
        }
        return text
    }

    private func argument(_ value: Value) -> ForeignProgram.Argument? {
        if value.isScalar { return value.text("an argument").map { .text($0) } }
        guard let reader = MappingReader<ArgumentKey>(value) else { return nil }
        let device = reader.optional(.device) { self.device($0) }
        let group = reader.optional(.group) { self.device($0) }
        switch (reader[.device] != nil, reader[.group] != nil) {
        case (true, false): return device.map { .device($0) }
        case (false, true): return group.map { .group($0) }
        default:
            return value.complain(
                "an argument is text, {device: NAME} or {group: NAME}",
                as: ForeignProgram.Argument.self)
        }
    }

    private func device(_ value: Value) -> DeviceName? {
        guard let name = value.name(DeviceName.self) else { return nil }
        guard let devices, devices[name] == nil else { return name }
        return value.complain(
            "the case has no device '\(name)'; "
                + Spelling.advice(for: name.text, among: devices.keys.map(\.text).sorted()),
            as: DeviceName.self)
    }

    private func variables(_ value: Value) -> [String: String]? {
        guard let entries = value.entries() else { return nil }
        var variables: [String: String] = [:]
        for entry in entries {
            guard let name = entry.key.text("a variable's name"),
                let text = entry.value.text("a variable's value")
            else { continue }
            let isName = name.utf8.allSatisfy { Self.letters.contains($0) }
            guard isName, !name.hasPrefix("DOORBELL_") else {
                entry.key.complain(
                    "'\(shortened(name))' is no name for a variable here: write letters, digits "
                        + "and '_', and leave those that begin with DOORBELL_ to doorbell")
                continue
            }
            variables[name] = text
        }
        return variables
    }

    private func measures(_ value: Value) -> [MeasureName: MeasureUnit]? {
        guard let entries = value.entries() else { return nil }
        var measures: [MeasureName: MeasureUnit] = [:]
        for entry in entries {
            guard let name = entry.key.name(MeasureName.self),
                let word = entry.value.text("a unit, or 'number'")
            else { continue }
            guard case .stated? = Measure(archived: name.text) else {
                entry.key.complain("'\(name)' is what steps of traffic measure; write another name")
                continue
            }
            guard let unit = MeasureUnit(archived: word == Self.plain ? "" : word) else {
                entry.value.complain(
                    "'\(shortened(word))' is no unit; write what stands behind the number (us, "
                        + "MB/s), or 'number' where nothing does")
                continue
            }
            measures[name] = unit
        }
        return measures
    }

    /// For a number that has no unit.
    private static let plain = "number"

    private static let letters = Set(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_".utf8)
}
