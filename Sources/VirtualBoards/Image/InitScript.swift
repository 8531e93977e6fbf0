// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation

/// The board's first process: mounts, loads modules, brings the network up, starts SSH.
package enum InitScript {
    /// What it writes on the console when SSH answers, followed by boot ID and kernel release.
    package static let readyMarker = "doorbell: ready"
    /// What it writes when the kernel leaves it without network.
    package static let failureMarker = "doorbell: cannot start:"

    /// QEMU's user network gives the first guest this address, always.
    package static let text = """
        #!/bin/busybox sh
        /bin/busybox --install -s
        export PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root
        mount -t devtmpfs dev /dev
        mkdir -p /dev/pts
        mount -t proc proc /proc
        mount -t sysfs sys /sys
        mount -t devpts devpts /dev/pts
        mount -t tmpfs tmp /tmp
        mount -t debugfs debug /sys/kernel/debug
        mount -t tracefs trace /sys/kernel/tracing
        ln -s /proc/self/fd /dev/fd
        exec </dev/null >/dev/console 2>&1
        release=$(uname -r)
        hostname "$(sed -n 's/.*doorbell\\.board=\\([^ ]*\\).*/\\1/p' /proc/cmdline)"
        while read -r module; do
            insmod "/lib/modules/$release/$module" || echo "doorbell: cannot load $module"
        done </etc/modules
        ip link set lo up
        n=0
        while [ ! -e /sys/class/net/eth0 ] && [ $n -lt 200 ]; do n=$((n + 1)); sleep 0.05; done
        if ip link set eth0 up && ip addr add 10.0.2.15/24 dev eth0 &&
            dropbear -E -s -r /etc/dropbear/host_key -W 1048576
        then
            echo "\(readyMarker) boot=$(cat /proc/sys/kernel/random/boot_id) kernel=$release"
        else
            echo "\(failureMarker) no network, or no SSH server"
        fi
        while :; do sleep 100000; done

        """
}

/// What the init script says when the board can be reached.
package struct BoardReady: Sendable, Hashable, Codable {
    /// Another one after each boot.
    package let bootID: String
    /// What `uname -r` says.
    package let kernelRelease: String
    /// When, since the board was switched on.
    package let sincePowerOn: Duration

    /// Reads the console line; nothing unless it is the marker with both facts.
    package init?(_ line: ConsoleLine) {
        guard let marker = line.text.range(of: InitScript.readyMarker) else { return nil }
        var facts: [Substring: Substring] = [:]
        for word in line.text[marker.upperBound...].split(separator: " ") {
            let parts = word.split(separator: "=", maxSplits: 1)
            if parts.count == 2 { facts[parts[0]] = parts[1] }
        }
        guard let bootID = facts["boot"], let release = facts["kernel"] else { return nil }
        self.bootID = String(bootID)
        kernelRelease = String(release)
        sincePowerOn = line.sincePowerOn
    }
}
