// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// What became of a foreign program on a board; what it printed lies beside it.
package struct ProgramRecord: Sendable, Hashable, Codable {
    /// How it ended.
    package enum Ending: Sendable, Hashable, Codable {
        /// Something went wrong before it could be started.
        case neverRan
        case exited(status: Int32)
        /// The signal's name without SIG.
        case killed(signal: String)
        /// It ran when its time was over, and was ended; or it is still there, where the kernel
        /// does not let it die.
        case overran(isStillThere: Bool)
        /// It printed more than is kept, and was ended.
        case printedTooMuch(limit: ByteCount)
    }

    package var program: ForeignProgram
    /// The SHA-256 of what ran, in hexadecimal digits.
    package var hash: String
    /// Its words behind the name, as it got them.
    package var arguments: [String]
    package var ending: Ending
    package var milliseconds: Int64

    package init(
        program: ForeignProgram, hash: String, arguments: [String], ending: Ending,
        milliseconds: Int64
    ) {
        self.program = program
        self.hash = hash
        self.arguments = arguments
        self.ending = ending
        self.milliseconds = milliseconds
    }
}
