// SPDX-License-Identifier: GPL-3.0-or-later

/// Reads a file of the board to its end: sysfs, procfs, tracefs.
///
/// The calls are not listed in the reply: a file of the kernel takes as many reads as it likes.
package struct ReadFile: AgentRequest {
    package typealias Answer = FileContents
    package static let kind = RequestKind.readFile

    package var path: String
    /// Where to begin; files of procfs and tracefs are only read from the start.
    package var offset: UInt64
    /// The most that comes in one answer; a frame's largest payload is a further limit.
    package var limit: UInt32

    package init(path: String, offset: UInt64, limit: UInt32) {
        self.path = path
        self.offset = offset
        self.limit = limit
    }

    package func write(to writer: inout WireWriter) {
        path.write(to: &writer)
        offset.write(to: &writer)
        limit.write(to: &writer)
    }

    package init(from reader: inout WireReader) throws(WireError) {
        path = try String(from: &reader)
        offset = try UInt64(from: &reader)
        limit = try UInt32(from: &reader)
    }
}

/// A piece of a file.
package struct FileContents: WireValue {
    package var bytes: [UInt8]
    /// Whether the end of the file was reached; if not, the next piece begins behind this one.
    ///
    /// The agent keeps such a file open, so that the pieces belong to one reading.
    package var isComplete: Bool

    package init(bytes: [UInt8], isComplete: Bool) {
        self.bytes = bytes
        self.isComplete = isComplete
    }

    package func write(to writer: inout WireWriter) {
        bytes.write(to: &writer)
        isComplete.write(to: &writer)
    }

    package init(from reader: inout WireReader) throws(WireError) {
        bytes = try [UInt8](from: &reader)
        isComplete = try Bool(from: &reader)
    }
}

/// Writes bytes to a file of the board in one `write` call, as sysfs wants it.
package struct WriteFile: AgentRequest {
    package typealias Answer = Done
    package static let kind = RequestKind.writeFile

    package var path: String
    package var bytes: [UInt8]
    /// Creates the file (mode 0600) or empties it first; otherwise it must be there.
    package var creates: Bool

    package init(path: String, bytes: [UInt8], creates: Bool) {
        self.path = path
        self.bytes = bytes
        self.creates = creates
    }

    package func write(to writer: inout WireWriter) {
        path.write(to: &writer)
        bytes.write(to: &writer)
        creates.write(to: &writer)
    }

    package init(from reader: inout WireReader) throws(WireError) {
        path = try String(from: &reader)
        bytes = try [UInt8](from: &reader)
        creates = try Bool(from: &reader)
    }
}

/// What is done with a path as a whole.
package enum PathAction: UInt16, WireValue, CaseIterable {
    /// Removes a file, or an empty directory.
    case remove = 1
    /// Makes a directory, mode 0700; EEXIST where it is there.
    case makeDirectory = 2
    /// Lists the names in a directory, unsorted, without `.` and `..`.
    case list = 3
    /// Reads where a symbolic link points: one name in the answer.
    case readLink = 4
}

/// Does something with a path of the board.
package struct HandlePath: AgentRequest {
    package typealias Answer = PathNames
    package static let kind = RequestKind.handlePath

    package var path: String
    package var action: PathAction

    package init(path: String, action: PathAction) {
        self.path = path
        self.action = action
    }

    package func write(to writer: inout WireWriter) {
        path.write(to: &writer)
        action.write(to: &writer)
    }

    package init(from reader: inout WireReader) throws(WireError) {
        path = try String(from: &reader)
        action = try PathAction(from: &reader)
    }
}

/// Names, as bytes of the board's own: they need not be UTF-8.
package struct PathNames: WireValue {
    package var names: [[UInt8]]

    package init(names: [[UInt8]]) {
        self.names = names
    }

    package func write(to writer: inout WireWriter) {
        names.write(to: &writer)
    }

    package init(from reader: inout WireReader) throws(WireError) {
        names = try [[UInt8]](from: &reader)
    }
}

/// Reads the whole ring buffer of the kernel's log: `syslog(SYSLOG_ACTION_READ_ALL)`.
package struct ReadKernelLog: AgentRequest {
    package typealias Answer = FileContents
    package static let kind = RequestKind.readKernelLog

    package init() {}

    package func write(to writer: inout WireWriter) {}

    package init(from reader: inout WireReader) throws(WireError) {}
}
