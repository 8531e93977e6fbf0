// SPDX-License-Identifier: GPL-3.0-or-later

/// What is wrong with a line of a trace, before it is known which line that is.
///
/// It holds no text, since an error that does slows down each function that may throw it.
enum TraceFlaw: Error {
    case halfLine
    case noRecord
    case noName
    case noCounts
    case lostEvents
    case overwritten
    case earlierTime
    case repeatedField
    case strayWord
    case bareAddress
    case noNumber
    case largeNumber
    case noRange
    case wideRange
    case otherEnd
    case noPage
    case noUnmapped
    case noAddress
    case noDevice
    case noGroup

    var what: Damage.Kind {
        switch self {
        case .halfLine: .incomplete
        case .lostEvents, .overwritten: .lost
        case .earlierTime: .outOfOrder
        case .largeNumber, .wideRange, .otherEnd: .outOfRange
        default: .unparsable
        }
    }

    /// What was expected instead, as the end of "expected …".
    var expected: String {
        switch self {
        case .halfLine: "a whole line"
        case .noRecord: "COMM-PID [CPU] FLAGS TIME: EVENT: …"
        case .noName: "the name of an event"
        case .noCounts: "two counts of entries"
        case .lostEvents: "no loss of events"
        case .overwritten: "all written entries in the buffer"
        case .earlierTime: "no time before the line above's"
        case .repeatedField: "each field once"
        case .strayWord: "nothing but fields"
        case .bareAddress: "an address that begins with 0x"
        case .noNumber: "0x and hexadecimal digits, or decimal ones"
        case .largeNumber: "numbers of 64 bits"
        case .noRange: "iova=0x… and size=…"
        case .wideRange: "a range of IOVAs inside 64 bits"
        case .otherEnd: "the end to be iova + size"
        case .noPage: "paddr=0x…"
        case .noUnmapped: "unmapped_size=…"
        case .noAddress: "iova=0x…"
        case .noDevice: "device=DDDD:BB:DD.F"
        case .noGroup: "groupID=…"
        }
    }
}
