// SPDX-License-Identifier: GPL-3.0-or-later

import Boards
import Testing

/// The bytes are those of RFC 854, 856 and 2217.
@Suite struct TelnetStreamTests {
    /// A server that agrees to all, sends text with both bytes that telnet has a use for, tells the
    /// speed, and asks for what we do not know.
    private static let server: [UInt8] =
        [255, 253, 44, 255, 253, 0, 255, 251, 0, 255, 251, 3]
        + Array("a\r\n".utf8) + [255, 255, 13, 0, 98]
        + [255, 250, 44, 101, 0, 1, 194, 0, 255, 240]
        + [255, 251, 1, 255, 253, 31, 255, 251, 44, 255, 241]
        + Array("end".utf8)

    private func steps(_ pieces: [ArraySlice<UInt8>]) -> TelnetStream.Step {
        var stream = TelnetStream(speed: 115_200)
        _ = stream.greeting()
        var whole = TelnetStream.Step()
        for piece in pieces {
            let step = stream.take(piece)
            whole.data += step.data
            whole.replies += step.replies
            whole.speeds += step.speeds
            whole.isRefused = whole.isRefused || step.isRefused
        }
        return whole
    }

    @Test func theSameHoweverTheBytesAreCut() {
        let whole = steps([Self.server[...]])
        #expect(whole.data == Array("a\r\n".utf8) + [255, 13, 0, 98] + Array("end".utf8))
        #expect(whole.speeds == [115_200] && !whole.isRefused)
        for first in Self.server.indices {
            for second in first..<Self.server.count {
                let pieces = [
                    Self.server[..<first], Self.server[first..<second], Self.server[second...],
                ]
                #expect(steps(pieces) == whole, "cut at \(first) and \(second)")
            }
        }
    }

    @Test func theLineIsSetOnceTheServerAgreesAndNothingIsAnsweredTwice() {
        var stream = TelnetStream(speed: 115_200)
        #expect(
            stream.greeting() == [255, 251, 44, 255, 251, 0, 255, 253, 0, 255, 253, 3])
        let orders: [UInt8] =
            [255, 250, 44, 1, 0, 1, 194, 0, 255, 240] + [255, 250, 44, 2, 8, 255, 240]
            + [255, 250, 44, 3, 1, 255, 240] + [255, 250, 44, 4, 1, 255, 240]
            + [255, 250, 44, 5, 1, 255, 240]
        #expect(stream.take([255, 253, 44]).replies == orders)
        #expect(stream.take([255, 253, 44]).replies == [], "a yes to a yes would never end")
        #expect(stream.take([255, 253, 3]).replies == [255, 251, 3])
        #expect(stream.take([255, 253, 31]).replies == [255, 252, 31])
        #expect(stream.take([255, 251, 5]).replies == [255, 254, 5])
        #expect(stream.take([255, 254, 3]).replies == [255, 252, 3])
    }

    @Test func aSpeedWithTheByteOfCommandsInItIsEscaped() {
        var stream = TelnetStream(speed: 0xff)
        _ = stream.greeting()
        let orders = stream.take([255, 253, 44]).replies
        #expect(orders.starts(with: [255, 250, 44, 1, 0, 0, 0, 255, 255, 255, 240]))
    }

    @Test func aServerWithoutComPortsIsNoticedAndHeard() {
        var stream = TelnetStream(speed: 9600)
        _ = stream.greeting()
        let step = stream.take([255, 254, 44, 255, 254, 0, 255, 252, 0] + Array("x\r\0y".utf8))
        #expect(step.isRefused && step.replies == [])
        #expect(step.data == Array("x\ry".utf8), "without eight bits a NUL follows a return")
    }

    @Test func aParameterWithoutAnEndIsKeptNoLongerThanItMayBe() {
        var stream = TelnetStream(speed: 9600)
        _ = stream.take([255, 250, 44, 101])
        let step = stream.take([UInt8](repeating: 7, count: 1 << 20) + [255, 240, 65])
        #expect(step.data == [65] && step.speeds == [])
    }
}
