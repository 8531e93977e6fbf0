// SPDX-License-Identifier: GPL-3.0-or-later

/// What `uname -r` ends with: the beginning of the hash of all that the kernel is made from.
///
/// Half a dozen files are compiled with the release (`generated/utsrelease.h`), `kernel/trace/trace.c`
/// among them. Where no modules have to carry it too, they are compiled with a blank, in whose place
/// the finished image gets the name: so the kernels of one tree share these objects.
enum ReleaseName {
    /// As long as every name, so that two kernels of the same code are laid out alike.
    static let blank = "-doorbell-0000000000"

    static func name(of fingerprint: Fingerprint) -> String { "-doorbell-\(fingerprint.short)" }

    /// Puts a name wherever an image has the blank.
    static func put(_ name: String, into image: [UInt8]) -> [UInt8] {
        var named = image
        let (blank, name) = (Array(blank.utf8), Array(name.utf8))
        guard blank.count == name.count else { return named }
        for place in ByteSearch.places(of: blank, in: image) {
            named.replaceSubrange(place..<(place + blank.count), with: name)
        }
        return named
    }
}
