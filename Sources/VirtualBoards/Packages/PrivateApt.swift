// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Scheduling
import SystemPackage
import Vocabulary

/// An apt for arm64 packages with a state folder of its own: the machine's dpkg never hears of it.
struct PrivateApt {
    let folder: FilePath
    let deadline: Deadline

    private var configuration: FilePath { folder.appending("apt.conf") }
    private var archives: FilePath { folder.appending("archives") }

    /// Writes the configuration from the machine's own, and fetches the lists of packages.
    func update() async throws {
        try await prepare()
        try await apt("learn what Debian publishes", ["apt-get", "--quiet", "update"])
    }

    /// The names of all packages that begin so.
    func names(beginningWith prefix: String) async throws -> [String] {
        try await apt("list packages", ["apt-cache", "pkgnames", prefix])
            .split(whereSeparator: \.isNewline).map(String.init)
    }

    /// What installing these packages would need, themselves included.
    ///
    /// Debian's security archive publishes no MD5 sums, which apt would print by itself.
    func closure(of packages: [String]) async throws -> [PackageFile] {
        let text = try await apt(
            "resolve \(packages.joined(separator: " "))",
            [
                "apt-get", "install", "--print-uris", "--yes", "--no-install-recommends",
                "-o", "Acquire::ForceHash=SHA256",
            ] + packages)
        return text.split(whereSeparator: \.isNewline).compactMap { PackageFile(line: $0) }
    }

    /// Where one package would come from.
    func file(of package: String) async throws -> PackageFile {
        let text = try await apt(
            "find \(package)", ["apt-get", "download", "--print-uris", package])
        guard
            let file = text.split(whereSeparator: \.isNewline).compactMap(PackageFile.init(line:))
                .first
        else { throw PackageError.tool(action: "find \(package)", words: text) }
        return file
    }

    /// Fetches packages, apt checks their hashes, and unpacks them into a folder.
    func unpack(_ files: [PackageFile], into root: FilePath) async throws {
        let names = files.map(\.package)
        try await apt(
            "fetch \(names.joined(separator: " "))", ["apt-get", "--quiet", "download"] + names)
        try FileManager.default.createDirectory(
            atPath: root.string, withIntermediateDirectories: true)
        for file in files {
            let path = archives.appending(file.name)
            guard FileManager.default.fileExists(atPath: path.string) else {
                throw PackageError.notDelivered(file: file.name)
            }
            try await run("unpack \(file.package)", ["dpkg-deb", "-x", path.string, root.string])
            try? FileManager.default.removeItem(atPath: path.string)
        }
    }

    private static let folders = [
        "etc/sources.list.d", "etc/preferences.d", "etc/apt.conf.d", "state/lists/partial",
        "cache", "archives/partial",
    ]

    private func prepare() async throws {
        let inherited = try await run("read apt's configuration", ["apt-config", "dump"], [:])
        let sources = try Self.machineSources()
        guard !sources.entries.isEmpty else { throw PackageError.noDebianArchive }
        do {
            for name in Self.folders {
                try FileManager.default.createDirectory(
                    atPath: folder.appending(name).string, withIntermediateDirectories: true)
            }
            let text = AptConfiguration(folder: folder, inherited: inherited).text
            try text.write(toFile: configuration.string, atomically: true, encoding: .utf8)
            try sources.text.write(
                toFile: folder.appending("etc/sources.list.d/debian.sources").string,
                atomically: true, encoding: .utf8)
            try "".write(
                toFile: folder.appending("state/status").string, atomically: true, encoding: .utf8)
        } catch {
            throw PackageError.noState(path: folder.string, reason: String(describing: error))
        }
    }

    private static func machineSources() throws -> DebianSources {
        var sources = DebianSources()
        let parts = "/etc/apt/sources.list.d"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: parts)) ?? []
        for path in ["/etc/apt/sources.list"] + names.sorted().map({ "\(parts)/\($0)" }) {
            guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { continue }
            if path.hasSuffix(".list") { sources.add(list: text) }
            if path.hasSuffix(".sources") { sources.add(stanzas: text) }
        }
        return sources
    }

    @discardableResult
    private func apt(_ action: String, _ words: [String]) async throws -> String {
        try await run(action, words, ["APT_CONFIG": configuration.string])
    }

    /// Runs a tool of packages.
    /// - Throws: `PackageError.tool` with its own words, `CancellationError`.
    @discardableResult
    func run(
        _ action: String, _ words: [String], _ variables: [String: String] = [:]
    ) async throws -> String {
        let environment = ProcessInfo.processInfo.environment
            .merging(["LC_ALL": "C.UTF-8"]) { $1 }.merging(variables) { $1 }
        let directory = FileManager.default.fileExists(atPath: archives.string) ? archives : nil
        do {
            return try await Tool.run(
                words[0], Array(words.dropFirst()), environment: environment,
                directory: directory, deadline: deadline
            ).succeeded().text
        } catch let failure as ToolFailure {
            throw PackageError.tool(action: action, words: failure.description)
        }
    }
}

/// One package as apt would fetch it.
package struct PackageFile: Hashable, Codable, Sendable {
    /// The file's name, which has package, version and architecture: `zlib1g_1%3a1.2.13_arm64.deb`.
    package let name: String
    /// What apt checks the file against: `SHA256:…`.
    package let hash: String

    package var package: String { String(name.prefix { $0 != "_" }) }

    /// Reads a line of `apt-get --print-uris`: `'address' name size hash`; nothing for another line.
    package init?(line: some StringProtocol) {
        let words = line.split(separator: " ")
        guard words.count == 4, words[0].hasPrefix("'"), words[1].hasSuffix(".deb") else {
            return nil
        }
        name = String(words[1])
        hash = String(words[3])
    }
}
