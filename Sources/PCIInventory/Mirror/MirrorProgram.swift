// SPDX-License-Identifier: GPL-3.0-or-later

extension SysfsMirror {
    /// The program that a board runs to tell of its PCI functions.
    ///
    /// POSIX shell, for busybox as for dash and bash; besides the shell it needs `od`, or else
    /// `hexdump`. Its only argument is the folder that stands for `/sys`. It writes nothing on the
    /// board. As root it reads all of configuration space, else 64 bytes of each function.
    ///
    /// Its output is lines of a keyword and a value, `SysfsMirror.init(parsing:)` reads it:
    /// the version, then each function from `function` to `end`, then `done` and their number, so
    /// that an output which was cut off is noticed. A file that is missing is left out.
    package static let program = #"""
        sys=${1:-/sys}
        LC_ALL=C
        export LC_ALL
        set -- $(printf A | od -An -v -tx1 2>/dev/null)
        if [ "$1" = 41 ]; then
            hex() { od -An -v -tx1 "$1"; }
        else
            hex() { hexdump -v -e '16/1 " %02x" "\n"' "$1"; }
        fi
        root=$(cd -P "$sys" && pwd -P) || exit 1
        cd "$root/bus/pci/devices" || exit 1
        count=0
        echo "doorbell-sysfs-mirror 1"
        for function in *; do
            [ -d "$function" ] || continue
            where=$(cd -P "$function" && pwd -P) || continue
            echo "function $function"
            echo "path ${where#"$root"/devices/}"
            for name in vendor device class revision subsystem_vendor subsystem_device irq numa_node
            do
                if [ -r "$function/$name" ] && read -r value 2>/dev/null < "$function/$name"; then
                    echo "$name $value"
                fi
            done
            if [ -r "$function/resource" ]; then
                while read -r value; do
                    echo "resource $value"
                done < "$function/resource"
            fi
            for name in driver iommu_group; do
                if [ -d "$function/$name" ]; then
                    where=$(cd -P "$function/$name" && pwd -P) && echo "$name ${where##*/}"
                fi
            done
            echo "config"
            if [ -r "$function/config" ]; then
                hex "$function/config"
            fi
            echo "end $function"
            count=$((count + 1))
        done
        echo "done $count"

        """#
}
