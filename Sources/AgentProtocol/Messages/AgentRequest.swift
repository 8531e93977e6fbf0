// SPDX-License-Identifier: GPL-3.0-or-later

/// Something the agent can be asked for, and the type of what it answers.
package protocol AgentRequest: WireValue {
    associatedtype Answer: WireValue
    static var kind: RequestKind { get }
}

/// The number of each request on the wire: by family, the top bit free for answers.
package enum RequestKind: UInt16, CaseIterable, WireValue {
    case hello = 0x01

    case openContainer = 0x10
    case setIOMMU = 0x11
    case containerInfo = 0x12
    case map = 0x13
    case unmap = 0x14
    case unmapAll = 0x15
    case closeContainer = 0x1F

    case openGroup = 0x20
    case attachGroup = 0x21
    case detachGroup = 0x22
    case closeGroup = 0x2F

    case openDevice = 0x30
    case readRegion = 0x31
    case readConfig = 0x32
    case setBusMaster = 0x33
    case resetDevice = 0x34
    case readMSIXTable = 0x35
    case disturb = 0x36
    case transfer = 0x37
    case readHostMSIXTable = 0x38
    case closeDevice = 0x3F

    case interruptInfo = 0x40
    case enable = 0x41
    case disable = 0x42
    case loopback = 0x43
    case counts = 0x44
    case ring = 0x45
    case maskVector = 0x46
    case traffic = 0x47

    case releaseAll = 0x50
    case endProcess = 0x51
    case rearmTimers = 0x52

    case readFile = 0x60
    case writeFile = 0x61
    case handlePath = 0x62
    case readKernelLog = 0x63
}

/// The answer of a request that has nothing to tell but that it is done.
package struct Done: WireValue {
    package init() {}
    package func write(to writer: inout WireWriter) {}
    package init(from reader: inout WireReader) throws(WireError) {}
}
