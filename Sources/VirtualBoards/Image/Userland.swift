// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
package import SystemPackage

/// The programs of a board, taken from unpacked packages, with the libraries they load.
package struct Userland: Sendable {
    /// Packages that are asked for; apt adds what they need.
    static let packages = ["busybox-static", "dropbear-bin"]
    static let programs = ["busybox": "bin/busybox", "dropbear": "usr/sbin/dropbear"]

    /// Contents by their path on the board.
    package private(set) var files: [String: [UInt8]] = [:]

    /// Reads the programs, given with their path on the board, and, from what they say they need,
    /// the libraries.
    /// - Throws: `ImageError`.
    package init(in root: FilePath, programs: [String: String]? = nil) throws {
        let known = Self.files(in: root)
        var waiting: [(name: String, path: String, neededBy: String)] = (programs ?? Self.programs)
            .map { ($0, $1, "every board") }
        var seen: Set<String> = []
        while let next = waiting.popLast() {
            guard seen.insert(next.name).inserted else { continue }
            guard let file = known[next.name],
                let data = FileManager.default.contents(atPath: file.string)
            else { throw ImageError.noLibrary(name: next.name, neededBy: next.neededBy) }
            files[next.path] = Array(data)
            do {
                for library in try ELFFile(Array(data)).neededLibraries() {
                    waiting.append((library, "lib/\(library)", next.name))
                }
            } catch {
                throw ImageError.badFile(path: file.string, reason: "\(error)")
            }
        }
    }

    /// Every file of a tree by its name; links by their own name.
    private static func files(in root: FilePath) -> [String: FilePath] {
        var paths: [String: FilePath] = [:]
        let walk = FileManager.default.enumerator(atPath: root.string)
        while let name = walk?.nextObject() as? String {
            let path = root.pushing(FilePath(name))
            // The same name may be a folder elsewhere: /etc/dropbear and /usr/sbin/dropbear.
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: path.string, isDirectory: &isFolder),
                !isFolder.boolValue, isProgram(path), let file = path.lastComponent?.string
            else { continue }
            paths[file] = path
        }
        return paths
    }

    private static func isProgram(_ path: FilePath) -> Bool {
        path.components.contains { ["bin", "sbin", "lib"].contains($0.string) }
            && !path.components.contains { $0.string == "share" }
    }
}
