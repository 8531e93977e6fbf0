// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation

/// Programs of PyPI that tests run, where `./doorbell test` installs them.
enum PythonTools {
    /// The path of a program.
    /// - Throws: `MissingPythonTool` when it was not installed.
    static func program(_ name: String) throws -> String {
        let named = ProcessInfo.processInfo.environment["DOORBELL_TEST_PYTHON"]
        let here = FileManager.default.currentDirectoryPath + "/.build/launcher/python"
        let path = "\(named ?? here)/bin/\(name)"
        guard FileManager.default.isExecutableFile(atPath: path) else {
            throw MissingPythonTool(path: path)
        }
        return path
    }
}

/// A program of PyPI that is not there.
struct MissingPythonTool: Error, CustomStringConvertible {
    let path: String
    var description: String {
        "\(path) is not there: `./doorbell test` installs it, and needs PyPI once to do so"
    }
}
