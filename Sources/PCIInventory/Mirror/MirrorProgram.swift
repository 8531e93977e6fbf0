// SPDX-License-Identifier: GPL-3.0-or-later

extension SysfsMirror {
    /// The program that a board runs to tell of its PCI functions.
    ///
    /// POSIX shell, for busybox as for dash and bash; besides the shell it needs `sed`, and `od`
    /// or else `hexdump`. Its only argument is the folder that stands for `/sys`. It writes nothing
    /// on the board. As root it reads all of configuration space, else 64 bytes of each function.
    /// On an emulated board processes and packets are what takes time: it starts few of the former,
    /// and sends all at once.
    ///
    /// Its output is lines of a keyword and a value, `SysfsMirror.init(parsing:)` reads it:
    /// the version, then each function from `function` to `end`, then `done` and their number, so
    /// that an output which was cut off is noticed. A file that is missing is left out.
    package static let program = #"""
        sys=${1:-/sys}
        LC_ALL=C
        export LC_ALL
        case $(printf A | od -An -v -tx1 2>/dev/null) in
            *41*) hex() { od -An -v -tx1 "$1"; } ;;
            *) hex() { hexdump -v -e '16/1 " %02x" "\n"' "$1"; } ;;
        esac
        cd -P "$sys" || exit 1
        root=$PWD
        cd -P bus/pci/devices || exit 1
        devices=$PWD
        text=$(
            count=0
            for function in *; do
                cd -P "$devices/$function" 2>/dev/null || continue
                here=$PWD
                echo "function $function"
                echo "path ${here#"$root"/devices/}"
                for name in vendor device class revision subsystem_vendor subsystem_device irq numa_node
                do
                    if [ -r "$name" ] && read -r value 2>/dev/null < "$name"; then
                        echo "$name $value"
                    fi
                done
                [ ! -r resource ] || sed 's/^/resource /' resource
                for name in driver iommu_group; do
                    if cd -P "$here/$name" 2>/dev/null; then echo "$name ${PWD##*/}"; fi
                done
                echo "config"
                [ ! -r "$here/config" ] || hex "$here/config"
                echo "end $function"
                count=$((count + 1))
            done
            echo "done $count"
        )
        printf '%s\n' "doorbell-sysfs-mirror 1" "$text"

        """#
}
