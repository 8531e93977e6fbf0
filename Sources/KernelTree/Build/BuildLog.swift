// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Synchronization
import SystemPackage

/// How far a build is.
package struct BuildProgress: Sendable, Hashable {
    /// How many objects were made so far; how many there will be nobody knows.
    package let objects: Int
    /// The object that was begun last.
    package let current: String

    package init(objects: Int, current: String) {
        self.objects = objects
        self.current = current
    }
}

/// The file that gets what make says, which counts the objects on the way.
final class BuildLog: Sendable {
    let path: FilePath
    private let state: Mutex<State>
    private let announce: @Sendable (BuildProgress) -> Void

    private struct State {
        var file: FileDescriptor?
        var trouble: Errno?
        var rest: [UInt8] = []
        var objects = 0
    }

    /// Begins an empty file.
    /// - Throws: `BuildFailure.noAccess`.
    init(
        _ path: FilePath, announce: @escaping @Sendable (BuildProgress) -> Void
    ) throws(BuildFailure) {
        self.path = path
        self.announce = announce
        state = Mutex(State())
        try Cabinet.on(path) {
            let file = try FileDescriptor.open(
                path, .writeOnly, options: [.create, .truncate, .closeOnExec],
                permissions: [.ownerReadWrite, .groupRead, .otherRead])
            state.withLock { $0.file = file }
        }
    }

    deinit { try? state.withLock { try $0.file?.close() } }

    /// Takes a piece of output: it is in the file when this returns.
    func hear(_ bytes: [UInt8]) {
        let news = state.withLock { state -> [BuildProgress] in
            do {
                _ = try state.file?.writeAll(bytes)
            } catch {
                state.trouble = state.trouble ?? (error as? Errno) ?? .ioError
            }
            return Self.progress(in: bytes, &state)
        }
        for progress in news { announce(progress) }
    }

    /// - Throws: `BuildFailure.noAccess` when a piece could not be written.
    func check() throws(BuildFailure) {
        guard let trouble = state.withLock({ $0.trouble }) else { return }
        throw .noAccess(path: path.string, reason: trouble.description)
    }

    private static func progress(in bytes: [UInt8], _ state: inout State) -> [BuildProgress] {
        state.rest += bytes
        var news: [BuildProgress] = []
        while let end = state.rest.firstIndex(of: UInt8(ascii: "\n")) {
            let line = String(decoding: state.rest[..<end], as: UTF8.self)
            state.rest.removeSubrange(...end)
            guard let object = MakeWords.object(in: line) else { continue }
            state.objects += 1
            news.append(BuildProgress(objects: state.objects, current: object))
        }
        return news
    }
}
