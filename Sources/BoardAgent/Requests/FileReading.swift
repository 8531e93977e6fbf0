// SPDX-License-Identifier: GPL-3.0-or-later

import AgentProtocol
import CBoard
import Vocabulary

/// What fits into a frame beside the rest of a reply.
private let largestPiece = Frame.longestPayload - 4096

extension Agent {
    func readFile(_ request: ReadFile) throws(Trouble) -> FileContents {
        var held = try reading(request)
        reading = nil
        let limit = min(Int(request.limit), largestPiece)
        let contents: FileContents
        do throws(Trouble) {
            contents = try readPiece(held.descriptor, limit)
        } catch {
            close(held.descriptor)
            throw error
        }
        held.offset += UInt64(contents.bytes.count)
        if contents.isComplete {
            close(held.descriptor)
        } else {
            reading = held
        }
        return contents
    }

    func readKernelLog(_ request: ReadKernelLog) throws(Trouble) -> FileContents {
        // SYSLOG_ACTION_SIZE_BUFFER is 10, SYSLOG_ACTION_READ_ALL 3 (include/linux/syslog.h).
        let size = try log.make(.syslog, 10) { Int(klogctl(10, nil, 0)) }
        var bytes = [CChar](repeating: 0, count: min(size, largestPiece))
        let count = try log.make(.syslog, 3) { Int(klogctl(3, &bytes, Int32(bytes.count))) }
        return FileContents(
            bytes: bytes.prefix(count).map { UInt8(bitPattern: $0) },
            isComplete: size <= largestPiece || count < bytes.count)
    }

    /// Goes on with the reading that this piece belongs to, or opens the file.
    private func reading(_ request: ReadFile) throws(Trouble) -> HeldReading {
        if let held = reading, held.path == request.path, held.offset == request.offset,
            request.offset > 0
        {
            return held
        }
        if let held = reading { close(held.descriptor) }
        reading = nil
        let path = request.path
        let descriptor = Int32(try log.make(.open) { Int(board_open_to_read(path)) })
        if request.offset > 0 { lseek(descriptor, Int(request.offset), SEEK_SET) }
        return HeldReading(path: path, descriptor: descriptor, offset: request.offset)
    }

    private func readPiece(_ descriptor: Int32, _ limit: Int) throws(Trouble) -> FileContents {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: min(max(limit, 1), 1 << 16))
        while bytes.count < limit {
            let count = CBoard.read(descriptor, &buffer, min(buffer.count, limit - bytes.count))
            let errno = board_errno()
            if count == 0 { return FileContents(bytes: bytes, isComplete: true) }
            if count > 0 {
                bytes.append(contentsOf: buffer[..<count])
            } else if errno != EINTR {
                throw .kernel(.read, KernelErrno(rawValue: errno))
            }
        }
        return FileContents(bytes: bytes, isComplete: false)
    }
}
