// SPDX-License-Identifier: GPL-3.0-or-later

/// The client's end of a telnet connection with the COM port option (RFC 854, 855, 856, 2217).
///
/// Pure: it is given bytes in whatever pieces they come, and gives data and what must be sent.
package struct TelnetStream: Sendable {
    /// What some bytes have led to.
    package struct Step: Sendable, Equatable {
        /// What the serial line has said.
        package var data: [UInt8] = []
        /// What must be sent to the server.
        package var replies: [UInt8] = []
        /// The speeds, in bits per second, that the server says the line has now.
        package var speeds: [UInt32] = []
        /// Whether the server has refused the COM port option, so that no speed can be set.
        package var isRefused = false

        package init() {}
    }

    /// The words of telnet.
    private enum Word {
        static let se: UInt8 = 240
        static let sb: UInt8 = 250
        static let will: UInt8 = 251
        static let wont: UInt8 = 252
        static let `do`: UInt8 = 253
        static let dont: UInt8 = 254
        static let iac: UInt8 = 255
    }

    /// The options that we know; all others are refused.
    private enum Option {
        static let binary: UInt8 = 0
        static let echo: UInt8 = 1
        static let goAhead: UInt8 = 3
        static let comPort: UInt8 = 44
    }

    /// Where in a command the last byte stood.
    private enum Place: Equatable {
        case data, carriageReturn, command, option(UInt8), parameter, parameterCommand
    }

    /// A longer one is no parameter of ours.
    private static let longestParameter = 64

    /// What the line is to run at, in bits per second.
    package let speed: UInt32
    private var place = Place.data
    private var parameter: [UInt8] = []
    /// The options that are switched on at our end, and at the server's.
    private var ours: Set<UInt8> = []
    private var theirs: Set<UInt8> = []
    /// What we have asked for and not heard of yet; an answer to it is not answered again.
    private var asked: Set<[UInt8]> = []

    package init(speed: UInt32) { self.speed = speed }

    /// What to send first: that we want a COM port, and eight bits both ways.
    package mutating func greeting() -> [UInt8] {
        let wishes: [[UInt8]] = [
            [Word.will, Option.comPort], [Word.will, Option.binary], [Word.do, Option.binary],
            [Word.do, Option.goAhead],
        ]
        asked = Set(wishes)
        return wishes.flatMap { [Word.iac] + $0 }
    }

    /// Takes bytes from the server.
    package mutating func take(_ bytes: some Sequence<UInt8>) -> Step {
        var step = Step()
        for byte in bytes { take(byte, &step) }
        return step
    }

    private mutating func take(_ byte: UInt8, _ step: inout Step) {
        switch place {
        case .data: takeData(byte, &step)
        case .carriageReturn:
            place = .data
            // Where bytes are not binary, a carriage return is followed by a line feed or a NUL.
            if byte != 0 { takeData(byte, &step) }
        case .command: takeCommand(byte, &step)
        case .option(let verb):
            place = .data
            negotiate(verb, byte, &step)
        case .parameter where byte == Word.iac: place = .parameterCommand
        case .parameter: keep(byte)
        case .parameterCommand:
            place = byte == Word.iac ? .parameter : .data
            if byte == Word.iac { keep(byte) } else { endParameter(&step) }
        }
    }

    private mutating func takeData(_ byte: UInt8, _ step: inout Step) {
        guard byte != Word.iac else {
            place = .command
            return
        }
        step.data.append(byte)
        let isPlain = theirs.contains(Option.binary)
        place = byte == 13 && !isPlain ? .carriageReturn : .data
    }

    private mutating func takeCommand(_ byte: UInt8, _ step: inout Step) {
        switch byte {
        case Word.iac:
            step.data.append(byte)
            place = .data
        case Word.will, Word.wont, Word.do, Word.dont: place = .option(byte)
        case Word.sb:
            parameter = []
            place = .parameter
        default: place = .data
        }
    }

    private mutating func keep(_ byte: UInt8) {
        if parameter.count < Self.longestParameter { parameter.append(byte) }
    }
}

extension TelnetStream {
    /// Answers a wish of the server, but only where that changes something (RFC 854: no loops).
    private mutating func negotiate(_ verb: UInt8, _ option: UInt8, _ step: inout Step) {
        switch verb {
        case Word.do: agree(option, &step)
        case Word.dont:
            let wasOurs = ours.remove(option) != nil
            let wasAsked = asked.remove([Word.will, option]) != nil
            if option == Option.comPort { step.isRefused = true }
            if wasOurs && !wasAsked { step.replies += [Word.iac, Word.wont, option] }
        case Word.will: allow(option, &step)
        default:
            let wasTheirs = theirs.remove(option) != nil
            let wasAsked = asked.remove([Word.do, option]) != nil
            if wasTheirs && !wasAsked { step.replies += [Word.iac, Word.dont, option] }
        }
    }

    private mutating func agree(_ option: UInt8, _ step: inout Step) {
        guard [Option.binary, Option.goAhead, Option.comPort].contains(option) else {
            step.replies += [Word.iac, Word.wont, option]
            return
        }
        let wasAsked = asked.remove([Word.will, option]) != nil
        guard ours.insert(option).inserted else { return }
        if !wasAsked { step.replies += [Word.iac, Word.will, option] }
        if option == Option.comPort { step.replies += settings }
    }

    private mutating func allow(_ option: UInt8, _ step: inout Step) {
        guard [Option.binary, Option.echo, Option.goAhead].contains(option) else {
            // A server that says WILL for the COM port has its ends mixed up; ours is what counts.
            step.replies += [Word.iac, Word.dont, option]
            return
        }
        let wasAsked = asked.remove([Word.do, option]) != nil
        guard theirs.insert(option).inserted else { return }
        if !wasAsked { step.replies += [Word.iac, Word.do, option] }
    }

    /// The speed, eight bits, no parity, one stop bit, no flow control (RFC 2217, section 3).
    private var settings: [UInt8] {
        let number = (0..<4).map { UInt8(truncatingIfNeeded: speed >> (24 - 8 * UInt32($0))) }
        let orders: [[UInt8]] = [[1] + number, [2, 8], [3, 1], [4, 1], [5, 1]]
        return orders.flatMap { order in
            let escaped = order.flatMap { $0 == Word.iac ? [$0, $0] : [$0] }
            return [Word.iac, Word.sb, Option.comPort] + escaped + [Word.iac, Word.se]
        }
    }

    /// The server answers an order with its number and 100; 101 has the speed in four bytes.
    private mutating func endParameter(_ step: inout Step) {
        defer { parameter = [] }
        guard parameter.count == 6, parameter[0] == Option.comPort, parameter[1] == 101 else {
            return
        }
        step.speeds.append(parameter[2...].reduce(0) { $0 << 8 | UInt32($1) })
    }
}
