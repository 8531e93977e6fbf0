// SPDX-License-Identifier: GPL-3.0-or-later

import Campaigns
import SystemPackage
import Testing
import VirtualBoards
import Vocabulary

@Suite("A lab file is read")
struct LabReaderTests {
    @Test("The virtual lab has one board for each way of taking MSIs")
    func virtualLab() throws {
        let lab = try Lab(SourceText(path: repository.appending(path: "Labs/virtual.yaml")))
        #expect(lab.boards.map(\.name.text) == ["virt-v2m", "virt-its"])
        let machines = lab.boards.compactMap { board in
            if case .qemu(let machine) = board.reach { machine } else { nil }
        }
        #expect(machines.map(\.msiController) == [.gicv2m, .its])
        for machine in machines {
            #expect(machine.hasSMMU && machine.hasVirtualization)
            #expect(
                machine.devices.map(\.name.text) == [
                    "edu0", "edu1", "e1000e0", "nvme0", "virtio-rng0", "nvme1", "edu2", "nvme2",
                ])
            #expect(machine.devices.map(\.slot) == [2, 3, 4, 5, 6, 7, 7, 8])
            #expect(machine.devices.map(\.function) == [0, 0, 0, 0, 0, 0, 1, 0])
            #expect(machine.devices.map(\.virtualFunctions) == [0, 0, 0, 0, 0, 0, 0, 2])
            #expect(machine.devices.filter(\.isBehindRootPort).map(\.model) == [.e1000e])
        }
    }

    @Test(
        "Functions and virtual functions are where they can be",
        arguments: [
            ("{kind: edu, slot: 3, function: 1}", "slot 3 has no function 0 yet"),
            ("{kind: edu, function: 1}", "the key 'slot' is missing"),
            ("{kind: edu, slot: 2, function: 8}", "8"),
            ("{kind: edu, slot: 2, function: 1, root-port: true}", "beside another device"),
            ("{kind: edu, slot: 2}", "slot 2 is taken by 'edu0' already"),
            ("{kind: edu, virtual-functions: 2}", "only an nvme has virtual functions"),
            ("{kind: nvme, virtual-functions: 5}", "5"),
        ])
    func functions(_ device: String, _ sentence: String) {
        let board = "{name: b, kind: qemu, msi-controller: its, devices: [edu, \(device)]}"
        let found = complaints(inLab: "name: l\nsummary: x\nboards: [\(board)]\n")
        #expect(found.count == 1 && found.first?.contains(sentence) == true, "\(found)")
    }

    @Test("A free slot is none of which a function is taken")
    func freeSlots() throws {
        let devices = "[{kind: nvme, slot: 2}, {kind: edu, slot: 2, function: 3}, edu]"
        let board = "{name: b, kind: qemu, msi-controller: its, devices: \(devices)}"
        let text = "name: l\nsummary: x\nboards: [\(board)]\n"
        let lab = try Lab(SourceText(file: "l.yaml", text: text))
        guard case .qemu(let machine) = lab.boards[0].reach else { return }
        #expect(machine.devices.map(\.slot) == [2, 2, 3])
        #expect(machine.devices.map(\.function) == [0, 3, 0])
    }

    @Test("The kernels of the virtual lab have recipes")
    func kernels() throws {
        let lab = try Lab(SourceText(path: repository.appending(path: "Labs/virtual.yaml")))
        for kernel in lab.boards.compactMap(\.kernel) {
            let path = repository.appending(path: "Labs/Kernels/\(kernel)/kernel.yaml")
            _ = try KernelRecipe(SourceText(path: path))
        }
    }

    @Test("A board starts from a snapshot where the lab says so, and never where it must boot cold")
    func snapshot() throws {
        func spec(_ start: String, isCold: Bool) throws -> MachineSpec {
            let text = """
                name: l
                summary: x
                boards:
                  - {name: b, kind: qemu, msi-controller: its, devices: [edu]\(start)}
                """
            let board = try Lab(SourceText(file: "l.yaml", text: text)).boards[0]
            let machine: Campaigns.VirtualMachine? =
                if case .qemu(let machine) = board.reach { machine } else { nil }
            return MachineSpec(
                try #require(machine), named: board.name, kernelWords: [], isCold: isCold)
        }
        #expect(try spec(", start: snapshot", isCold: false).startsFromSnapshot)
        #expect(try !spec(", start: snapshot", isCold: true).startsFromSnapshot)
        #expect(try !spec(", start: boot", isCold: false).startsFromSnapshot)
        #expect(try !spec("", isCold: false).startsFromSnapshot)
    }

    @Test("A board that is reached over SSH has its own power, console and host key")
    func remote() throws {
        let text = """
            name: l
            summary: x
            boards:
              - name: overdrive
                kind: ssh
                host: overdrive.lab
                port: 2222
                user: tester
                host-key: SHA256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA
                identity: ../keys/lab
                power:
                  on: [ipmitool, -H, bmc, power, on]
                  off: [ipmitool, -H, bmc, power, off]
                console: {command: [ipmitool, -H, bmc, sol, activate]}
                skip-reset: the link does not come back
                doorbells: [{controller: gicv2m, base: 0xe1180000, interrupts: 64-319}]
                timeouts: {boot: 10min, step: 90s}
            """
        let board = try Lab(SourceText(file: "l.yaml", text: text)).boards[0]
        guard case .ssh(let machine) = board.reach else {
            Issue.record("\(board.reach)")
            return
        }
        #expect(machine.host == "overdrive.lab" && machine.port == 2222)
        #expect(machine.user == "tester")
        #expect(machine.credential == .identity("../keys/lab"))
        guard case .commands(let power) = machine.power else {
            Issue.record("\(String(describing: machine.power))")
            return
        }
        #expect(power.cycle == nil && power.status == nil)
        #expect(
            power.off
                == LocalCommand(program: "ipmitool", arguments: ["-H", "bmc", "power", "off"]))
        #expect(
            machine.console
                == .command(
                    LocalCommand(program: "ipmitool", arguments: ["-H", "bmc", "sol", "activate"])))
        #expect(board.timeouts.boot == .seconds(600) && board.timeouts.step == .seconds(90))
        #expect(board.timeouts.connect == BoardTimeouts().connect)
        #expect(board.skipReset == "the link does not come back")
        #expect(board.doorbells.first?.interrupts?.upperBound.rawValue == 319)
        #expect(board.doorbells.map(\.base) == [PhysicalAddress(rawValue: 0xe118_0000)])
    }

    @Test("A host key may be written as the line of a .pub file")
    func publicKey() throws {
        let text = sshBoard(
            "host-key: ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA root@board\nagent: true")
        let board = try Lab(SourceText(file: "l.yaml", text: text)).boards[0]
        guard case .ssh(let machine) = board.reach else {
            Issue.record("\(board.reach)")
            return
        }
        #expect(
            machine.hostKey
                == .publicKey(algorithm: "ssh-ed25519", base64: "AAAAC3NzaC1lZDI1NTE5AAAA"))
        #expect(machine.credential == .agent)
    }

    @Test(
        "What is wrong with a board over SSH is named",
        arguments: [
            ("", "nothing says how to log in; write 'identity: path of a private key'"),
            ("identity: k\nagent: true", "'identity' and 'agent' are both given; keep one"),
            ("agent: true\nhost-key: SHA256:short", "'SHA256:short' is no host key; write the"),
            ("agent: true\nhost-key: ssh-rsa ../../k", "is no host key"),
            ("agent: true\nport: 65536", "65536 is out of bounds; write a number from 1 to 65535"),
            ("agent: true\nport: 0", "0 is out of bounds"),
            ("agent: yes", "write true or false, not 'yes'"),
            ("agent: true\ncpu: max", "the key 'cpu' has no place here: it belongs to boards of"),
            ("agent: true\npower: {on: [a]}", "the key 'off' is missing"),
            ("agent: true\npower: {on: ipmi on, off: [b]}", "write [ipmi, on]"),
            ("agent: true\nconsole: {command: []}", "the command is empty"),
            ("agent: true\ntimeouts: {boot: 90}", "write 90s or 90min instead of 90"),
            ("agent: true\ntimeouts: {boot: 0s}", "a time from 1ms to 168h is wanted here"),
            ("agent: true\ntimeouts: {boot: 90 sec}", "unknown unit 'sec'"),
            ("agent: true\nlabels: x", "a list is wanted here, not 'x'"),
            ("agent: true\ndoorbells: [{controller: v2m, base: 0x0}]", "'v2m' is not known here"),
            ("agent: true\ndoorbells: [{controller: its, base: 12}]", "'12' is no address"),
            (
                "agent: true\ndoorbells: [{controller: its, base: 0x0, interrupts: 64-95}]",
                "the key 'interrupts' has no place here"
            ),
            (
                "agent: true\ndoorbells: [{controller: gicv2m, base: 0x0, interrupts: 95-64}]",
                "'95-64' is no run of SPIs"
            ),
            ("agent: true\nskip-reset:", "the reason, as text, is wanted here, not nothing"),
        ])
    func wrongRemote(_ lines: String, _ sentence: String) {
        let found = complaints(inLab: sshBoard(lines))
        #expect(found.count == 1, "\(found)")
        #expect(found.first?.contains(sentence) == true, "\(found)")
    }

    @Test(
        "What is wrong with a virtual board is named",
        arguments: [
            ("cpus: 9", "9 is out of bounds; write a number from 1 to 8"),
            ("cpus: two", "a whole number without a unit is wanted here, not 'two'"),
            ("memory: 1024", "the unit is missing: write 1024B or 1KiB instead of 1024"),
            ("memory: 1KiB", "the memory must be whole MiB from 256MiB to 255GiB"),
            ("cpu: a57 -monitor", "is no CPU model"),
            ("host: h", "the key 'host' has no place here: it belongs to boards of kind ssh"),
            ("devices: [edo]", "'edo' is not known here; did you mean 'edu'?"),
            ("devices: [{kind: edu, slot: 1}]", "1 is out of bounds; write a number from 2 to 31"),
            ("devices: [edu, {kind: edu, slot: 2}]", "slot 2 is taken by 'edu0' already"),
            ("devices: [edu, {kind: nvme, name: edu0}]", "a device named 'edu0' stands on line"),
            ("devices: [edu, nvme]\nstart: snapshot", "keeps no nvme in a snapshot"),
            ("start: warm", "'warm' is not known here"),
            ("command-line: quiet", "a list is wanted here, not 'quiet'"),
            ("kernel: ../k", "'../k' is no name"),
        ])
    func wrongVirtual(_ line: String, _ sentence: String) {
        let devices = line.hasPrefix("devices") ? "" : "\ndevices: [edu]"
        let found = complaints(
            inLab: labOfOneBoard("kind: qemu\nmsi-controller: gicv2m\n\(line)\(devices)"))
        #expect(found.count == 1, "\(found)")
        #expect(found.first?.contains(sentence) == true, "\(found)")
    }

    @Test("More devices than slots are refused")
    func tooManyDevices() {
        let devices = Array(repeating: "edu", count: 31).joined(separator: ", ")
        let found = complaints(
            inLab: labOfOneBoard("kind: qemu\nmsi-controller: its\ndevices: [\(devices)]"))
        #expect(found.count == 1)
        #expect(found.first?.contains("there is no slot left; a board has 30") == true)
    }

    @Test("Two boards of one name are refused, and so is a lab without any")
    func names() {
        let one = "\n  - {name: b, kind: ssh, host: h, agent: true}"
        #expect(
            complaints(inLab: "name: l\nsummary: x\nboards:\(one)\(one)\n") == [
                "x.yaml:5:12: error: a board named 'b' stands on line 4 already; give each its own "
                    + "name"
            ])
        #expect(
            complaints(inLab: "name: l\nsummary: x\nboards: []\n") == [
                "x.yaml:3:9: error: the lab has no boards; write at least one"
            ])
    }

    @Test("A board without a kind is told so")
    func noKind() {
        #expect(
            complaints(inLab: labOfOneBoard("host: h")) == [
                "x.yaml:4:5: error: the key 'kind' is missing"
            ])
        let found = complaints(inLab: labOfOneBoard("kind: quemu"))
        #expect(
            found == ["x.yaml:5:11: error: 'quemu' is not known here; did you mean 'qemu'?"])
    }
}

/// A lab with one board of kind ssh that has these lines too.
func sshBoard(_ lines: String) -> String {
    labOfOneBoard("kind: ssh\nhost: h\n" + lines)
}

private func labOfOneBoard(_ lines: String) -> String {
    let body = lines.split(separator: "\n").map { "\n    \($0)" }.joined()
    return "name: l\nsummary: x\nboards:\n  - name: b\(body)\n"
}
