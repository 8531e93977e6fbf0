// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Testing
import VirtualBoards
import Vocabulary

@Suite("What QEMU's monitor says")
struct QMPTests {
    /// As QEMU 7.2.22 sent it.
    private static let conversation = """
        {"QMP": {"version": {"qemu": {"micro": 22, "minor": 2, "major": 7}, "package": "Debian 1:7.2+dfsg-7+deb12u18+b3"}, "capabilities": ["oob"]}}\r
        {"return": {}, "id": 1}\r
        {"timestamp": {"seconds": 1795365608, "microseconds": 965682}, "event": "RESET", "data": {"guest": false, "reason": "host-qmp-system-reset"}}\r
        {"id": 3, "error": {"class": "DeviceNotFound", "desc": "Device 'nope' not found"}}\r

        """

    @Test("is read the same however it was split on the way")
    func everySplit() throws {
        let bytes = Array(Self.conversation.utf8)
        var whole = QMPLines()
        let expected = try whole.take(bytes)
        #expect(expected.count == 4)
        for cut in bytes.indices {
            var lines = QMPLines()
            let parts = [try lines.take(bytes[..<cut]), try lines.take(bytes[cut...])]
            #expect(parts.flatMap(\.self) == expected)
        }
        var drip = QMPLines()
        let dripped = try bytes.flatMap { try drip.take([$0]) }
        #expect(dripped == expected)
    }

    @Test("is understood: greeting, reply, event, refusal")
    func messages() throws {
        var lines = QMPLines()
        let messages = try lines.take(Array(Self.conversation.utf8))
            .map { try QMPMessage(line: $0) }
        guard case .greeting(let version) = messages[0] else { throw QMPError.closed(during: "") }
        #expect(version.description == "7.2.22 (Debian 1:7.2+dfsg-7+deb12u18+b3)")
        #expect(messages[1] == .reply(id: 1, .object([:])))
        guard case .event(let event) = messages[2] else { throw QMPError.closed(during: "") }
        #expect(event.name == "RESET")
        #expect(event.data["reason"]?.string == "host-qmp-system-reset")
        #expect(
            messages[3]
                == .refusal(id: 3, class: "DeviceNotFound", description: "Device 'nope' not found"))
    }

    @Test(
        "that is no message is an error holding the line",
        arguments: [
            "hello", "{}", "[]", "42", "{\"QMP\": {}}", "{\"QMP\": 1}", "{\"error\": \"no\"}",
            "{\"event\": 5}", "{\"return\"", "\u{0}\u{1}",
            "{\"QMP\":{\"version\":{\"qemu\":{\"major\":1e99,\"minor\":0,\"micro\":0}}}}",
        ])
    func garbage(line: String) {
        #expect(throws: QMPError.garbage(line: line)) { try QMPMessage(line: Array(line.utf8)) }
    }

    @Test("never eats all memory when a line has no end")
    func endless() {
        var lines = QMPLines()
        #expect(throws: QMPError.self) {
            _ = try lines.take(Array(repeating: UInt8(ascii: "x"), count: QMPLines.longest + 1))
        }
    }

    @Test("of its buses tells which device sits where, behind bridges too")
    func buses() throws {
        let said = """
            [{"bus": 0, "devices": [
              {"bus": 0, "slot": 2, "function": 0, "qdev_id": "edu0"},
              {"bus": 0, "slot": 4, "function": 0, "qdev_id": "net1-port", "pci_bridge": {
                "bus": {"number": 0, "secondary": 1, "subordinate": 1},
                "devices": [{"bus": 1, "slot": 0, "function": 0, "qdev_id": "net1"}]}}]}]
            """
        let query = PCIQuery(try JSONDecoder().decode(JSONValue.self, from: Data(said.utf8)))
        func device(_ place: String) throws -> String? {
            query.device(at: try #require(PCIAddress(place)))
        }
        #expect(try device("00:02.0") == "edu0")
        #expect(try device("00:04.0") == "net1-port")
        #expect(try device("01:00.0") == "net1")
        #expect(try device("01:00.1") == nil)
        #expect(PCIQuery(.string("?")).device(at: try #require(PCIAddress("00:02.0"))) == nil)
    }

    @Test("about its network tells the port that leads to SSH")
    func port() {
        let said = """
            Hub -1 (ssh):\r
              Protocol[State]    FD  Source Address  Port   Dest. Address  Port RecvQ SendQ\r
              TCP[HOST_FORWARD]   9       127.0.0.1 34935       10.0.2.15    22     0     0\r
            Hub -1 (net1-net):\r
              Protocol[State]    FD  Source Address  Port   Dest. Address  Port RecvQ SendQ\r
            """
        #expect(UserNetwork.forwardedPort(to: 22, in: said) == 34935)
        #expect(UserNetwork.forwardedPort(to: 23, in: said) == nil)
        for cut in said.indices {
            let part = UserNetwork.forwardedPort(to: 22, in: String(said[..<cut]))
            #expect(part == nil || part == 34935)
        }
    }
}
