// SPDX-License-Identifier: GPL-3.0-or-later

import AgentProtocol
import CBoard
import Vocabulary

extension Agent {
    func writeFile(_ request: WriteFile) throws(Trouble) -> Done {
        let path = request.path
        let creates: Int32 = request.creates ? 1 : 0
        let descriptor = Int32(try log.make(.open) { Int(board_open_to_write(path, creates)) })
        do throws(Trouble) {
            try write(request.bytes, descriptor)
        } catch {
            close(descriptor)
            throw error
        }
        // Some files tell of a failure only now.
        _ = try log.make(.close) { Int(close(descriptor)) }
        return Done()
    }

    func handlePath(_ request: HandlePath) throws(Trouble) -> PathNames {
        let path = request.path
        switch request.action {
        case .remove: try remove(path)
        case .makeDirectory: _ = try log.make(.mkdir) { Int(mkdir(path, 0o700)) }
        case .list: return PathNames(names: try names(in: path))
        case .readLink: return PathNames(names: [try target(of: path)])
        }
        return PathNames(names: [])
    }

    /// One call as sysfs wants it; a second only where the kernel took less than all.
    private func write(_ bytes: [UInt8], _ descriptor: Int32) throws(Trouble) {
        var start = 0
        repeat {
            start += try log.make(.write, UInt64(bytes.count - start)) {
                bytes[start...].withUnsafeBytes {
                    CBoard.write(descriptor, $0.baseAddress, $0.count)
                }
            }
        } while start < bytes.count
    }

    private func remove(_ path: String) throws(Trouble) {
        do throws(Trouble) {
            _ = try log.make(.unlink) { Int(unlink(path)) }
        } catch {
            guard case .kernel(_, let errno) = error, errno.rawValue == EISDIR else { throw error }
            _ = try log.make(.unlink) { Int(rmdir(path)) }
        }
    }

    private func names(in path: String) throws(Trouble) -> [[UInt8]] {
        var opened: OpaquePointer?
        _ = try log.make(.open) {
            opened = opendir(path)
            return opened == nil ? -1 : 0
        }
        guard let directory = opened else { return [] }
        defer { closedir(directory) }
        var names: [[UInt8]] = []
        while let name = board_next_name(directory) {
            let bytes = bytes(of: name)
            if bytes != [0x2E], bytes != [0x2E, 0x2E] { names.append(bytes) }
        }
        let errno = board_errno()
        guard errno == 0 else { throw .kernel(.getdents, KernelErrno(rawValue: errno)) }
        return names
    }

    private func target(of path: String) throws(Trouble) -> [UInt8] {
        var buffer = [CChar](repeating: 0, count: 4096)
        let count = try log.make(.readlink) { readlink(path, &buffer, buffer.count) }
        return buffer.prefix(count).map { UInt8(bitPattern: $0) }
    }

    private func bytes(of text: UnsafePointer<CChar>) -> [UInt8] {
        (0..<strlen(text)).map { UInt8(bitPattern: text[Int($0)]) }
    }
}
