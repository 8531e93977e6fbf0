// SPDX-License-Identifier: GPL-3.0-or-later

/// Small facts of a running board, a `key=value` line for each.
package enum BoardFactsText {
    /// Prints them on the shell of a board.
    ///
    /// The highest address that a process has shows the kernel's VA_BITS, and so the aperture of an
    /// SMMU's stage 1 (`arm_smmu_domain_finalise_s1`, 6.1), without asking VFIO, which is judged.
    package static let script = #"""
        echo "kernel.release=$(uname -r)"
        echo "kernel.version=$(uname -v)"
        echo "kernel.command=$(cat /proc/cmdline)"
        echo "machine=$(uname -m)"
        echo "boot.id=$(cat /proc/sys/kernel/random/boot_id)"
        echo "page.kib=$(sed -n 's/^KernelPageSize: *\([0-9]*\) kB$/\1/p' /proc/self/smaps | head -n 1)"
        echo "user.top=0x$(sed -n 's/^[0-9a-f]*-\([0-9a-f]*\) .*/\1/p' /proc/self/maps | tail -n 1)"
        for file in /sys/module/vfio_iommu_type1/parameters/*; do
            [ -r "$file" ] && echo "vfio_iommu_type1.${file##*/}=$(cat "$file")"
        done
        exit 0
        """#

    /// One fact and the line it stands in.
    package struct Fact: Sendable, Hashable, Codable {
        package let key: String
        package let value: String
        package let line: RawLine

        package init(key: String, value: String, line: RawLine) {
            self.key = key
            self.value = value
            self.line = line
        }
    }

    /// Reads each fact; a line without `=` is damage.
    package static func parse(_ text: RawText) -> Parsed<Fact> {
        Parsed.each(text.lines) { (line) throws(Damage) -> Fact? in
            if line.text.isEmpty { return nil }
            guard let equals = line.text.firstIndex(of: "="), equals != line.text.startIndex else {
                throw Damage(.unparsable, line, expected: "KEY=VALUE")
            }
            return Fact(
                key: String(line.text[..<equals]),
                value: String(line.text[line.text.index(after: equals)...]), line: line)
        }
    }
}
