// SPDX-License-Identifier: GPL-3.0-or-later

/// What a kernel's make writes, as far as people ask for it.
package enum MakeWords {
    /// The object that a line tells of: `  CC      drivers/iommu/iommu.o`; nothing for other lines.
    package static func object(in line: some StringProtocol) -> String? {
        let words = line.split(separator: " ")
        guard line.hasPrefix("  "), let tool = words.first, compilers.contains(String(tool)),
            let object = words.last, words.count > 1
        else { return nil }
        return String(object)
    }

    private static let compilers: Set<String> = ["CC", "AS", "HOSTCC", "LD", "AR", "LDS"]

    /// The lines that say why make failed: the first eight complaints, else the last lines.
    ///
    /// `make[2]: *** [scripts/Makefile.build:250: init/main.o] Error 1` only tells where.
    package static func reasons(in text: String) -> [String] {
        let lines = text.split(whereSeparator: \.isNewline).map(String.init)
        let complaints = lines.filter { line in
            marks.contains(where: line.contains) && !line.hasPrefix("make")
        }
        return complaints.isEmpty ? Array(lines.suffix(8)) : Array(complaints.prefix(8))
    }

    private static let marks = [
        " error: ", "undefined reference to", "ld: ", "ERROR: ", "multiple definition of",
    ]
}
