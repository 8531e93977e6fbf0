// SPDX-License-Identifier: GPL-3.0-or-later

import Passthrough
import Testing
import Vocabulary

/// Texts read on a virtual board with kernel 6.1.192, but where a test says otherwise.
@Suite struct BoardLifelinesTests {
    static let ipv4 = """
        Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT
        eth0\t00000000\t0202000A\t0003\t0\t0\t0\t00000000\t0\t0\t0
        eth0\t0002000A\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0

        """
    static let ipv6 = """
        fe800000000000000000000000000000 40 00000000000000000000000000000000 00 \
        00000000000000000000000000000000 00000100 00000001 00000000 00000001     eth0
        00000000000000000000000000000001 80 00000000000000000000000000000000 00 \
        00000000000000000000000000000000 00000000 00000003 00000000 80200001       lo

        """
    static let mounts = """
        1 1 0:2 / / rw - rootfs rootfs rw,size=462212k,nr_inodes=115553,inode64
        24 1 0:21 / /proc rw,relatime - proc proc rw
        30 1 259:0 / /data rw,relatime - ext4 /dev/nvme0n1 rw

        """

    private func board() -> PretendBoard {
        PretendBoard(
            files: [
                "/proc/net/route": Self.ipv4, "/proc/net/ipv6_route": Self.ipv6,
                "/proc/self/mountinfo": Self.mounts,
            ],
            links: [
                "/sys/class/net/eth0":
                    "../../devices/platform/4010000000.pcie/pci0000:00/0000:00:01.0/virtio0/net/eth0",
                "/sys/dev/block/259:0":
                    "../../devices/platform/4010000000.pcie/pci0000:00/0000:00:05.0/nvme/nvme0/nvme0n1",
            ])
    }

    @Test func `the card behind the SSH connection and the mounted disk are lifelines`()
        async throws
    {
        let lifelines = try await BoardLifelines.read(from: board(), controller: "10.0.2.2")
        let network = try #require(PCIAddress("0000:00:01.0"))
        let disk = try #require(PCIAddress("0000:00:05.0"))
        #expect(
            lifelines.purposes == [
                network: "the SSH connection (eth0)", disk: "the file system mounted on /data",
            ])
    }

    @Test func `a bridge or bond protects the cards below it`() async throws {
        let board = PretendBoard(
            files: [
                "/proc/net/route": Self.ipv4.replacing("eth0", with: "br0"),
                "/proc/self/mountinfo": "",
                "/sys/class/net/br0/lower_eth1/x": "",
            ],
            links: [
                "/sys/class/net/br0": "../../devices/virtual/net/br0",
                "/sys/class/net/eth1":
                    "../../devices/pci0000:00/0000:00:04.0/0000:01:00.0/net/eth1",
            ])
        let lifelines = try await BoardLifelines.read(from: board, controller: "10.0.2.2")
        let names = lifelines.purposes.keys.map(\.description).sorted()
        #expect(names == ["0000:00:04.0", "0000:01:00.0"])
    }

    @Test func `a logical volume protects the disks below it`() async throws {
        let board = PretendBoard(
            files: [
                "/proc/net/route": Self.ipv4,
                "/proc/self/mountinfo": """
                30 1 254:0 / / rw,relatime - ext4 /dev/mapper/board-root rw

                """,
                "/sys/dev/block/254:0/slaves/dm-1": "", "/sys/class/block/dm-1/slaves/sda2": "",
            ],
            links: [
                "/sys/dev/block/254:0": "../../devices/virtual/block/dm-0",
                "/sys/class/block/dm-1": "../../devices/virtual/block/dm-1",
                "/sys/class/block/sda2":
                    "../../devices/pci0000:00/0000:00:06.0/ata1/host0/target0:0:0/0:0:0:0/block/sda/sda2",
            ])
        let lifelines = try await BoardLifelines.read(from: board, controller: "10.0.2.2")
        let disk = try #require(PCIAddress("0000:00:06.0"))
        #expect(lifelines.purposes == [disk: "the file system mounted on /"])
    }

    @Test func `the longest prefix decides which interface leads to the controller`() {
        let text = """
            Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask
            eth0\t00000000\t0202000A\t0003\t0\t0\t0\t00000000
            eth1\t0000A8C0\t00000000\t0001\t0\t0\t0\t0000FFFF
            eth2\t0002A8C0\t00000000\t0001\t0\t0\t0\t00FFFFFF

            """
        let routes = RouteTable(ipv4: text, ipv6: Self.ipv6)
        #expect(routes.interface(towards: "192.168.2.9") == "eth2")
        #expect(routes.interface(towards: "192.168.3.9") == "eth1")
        #expect(routes.interface(towards: "8.8.8.8") == "eth0")
        #expect(routes.interface(towards: "fe80::1%eth0") == "eth0")
        #expect(routes.interface(towards: "2001:db8::1") == nil)
        #expect(routes.interface(towards: "no address") == nil)
    }

    @Test(arguments: [
        "", "garbage", "a b c d e f g h i j", "eth0\tzz", String(repeating: ":", count: 99),
    ])
    func `garbage in the tables is no crash`(text: String) {
        let routes = RouteTable(ipv4: "h\n" + text, ipv6: text)
        #expect(routes.interface(towards: text) == nil)
        #expect(MountTable(text).blockDevices.isEmpty)
    }
}
