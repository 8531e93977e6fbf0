// SPDX-License-Identifier: GPL-3.0-or-later

import Crypto
import Foundation
package import SystemPackage

/// What an arm64 kernel image says of itself: what a board that boots it must show.
package struct KernelImage: Sendable, Hashable, Codable {
    /// `Linux version …`, as `/proc/version` has it; some images have a second one that nobody uses.
    package let banners: [String]
    /// What `uname -r` will say.
    package let release: String
    /// Every GNU build ID in the image, in hex: the kernel's own, and that of the code that it maps
    /// into processes.
    package let buildIDs: [String]
    /// The SHA-256 of the file.
    package let hash: String
    /// The SHA-256 of the file without its release and build IDs, which only name it: two kernels
    /// that have the same one run the same code.
    package let code: String

    /// The kernel's own build ID: its notes stand behind the read-only data, in which the code for
    /// processes lies (`RO_DATA`, include/asm-generic/vmlinux.lds.h).
    package var buildID: String? { buildIDs.last }

    package init(banners: [String], release: String, buildIDs: [String], hash: String, code: String)
    {
        self.banners = banners
        self.release = release
        self.buildIDs = buildIDs
        self.hash = hash
        self.code = code
    }

    /// Reads an image.
    /// - Throws: `BuildFailure.notAnImage` with what it is instead, `noAccess`.
    package init(of path: FilePath) throws(BuildFailure) {
        let data: Data
        do { data = try Data(contentsOf: URL(filePath: path.string)) } catch {
            throw .noAccess(path: path.string, reason: "it cannot be read")
        }
        try self.init(Array(data), path: path.string)
    }

    package init(_ bytes: [UInt8], path: String) throws(BuildFailure) {
        guard ImageForm(bytes) == .arm64 else {
            throw .notAnImage(path: path, found: ImageForm(bytes).description)
        }
        let places = ImagePlaces(bytes)
        guard let release = places.release else {
            throw .notAnImage(path: path, found: "an image without the banner of Linux")
        }
        self.init(
            banners: places.banners, release: release, buildIDs: places.buildIDs,
            hash: Fingerprint.digits(SHA256.hash(data: bytes)),
            code: Fingerprint.digits(SHA256.hash(data: places.nameless)))
    }
}
