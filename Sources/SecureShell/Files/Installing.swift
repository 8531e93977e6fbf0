// SPDX-License-Identifier: GPL-3.0-or-later

package import Scheduling

extension SSHConnection {
    /// Sees to it that a board has an executable, byte for byte, in a folder that only its owner may
    /// enter; one command, whether it lies there already or not.
    ///
    /// A folder that is somebody else's, or a link to elsewhere, is refused: what lies in it is run.
    /// The board needs `cat`, `chmod`, `mkdir`, `mv`, `rm` and `sha256sum`. The content comes under
    /// its name only when the board's SHA-256 of it is ours.
    /// - Returns: where it lies.
    /// - Throws: `SSHError`, with `hashMismatch` when the board has other bytes than we;
    ///   `CancellationError`.
    package func install(
        _ bytes: [UInt8], in folder: RemotePath, named name: String, deadline: Deadline
    ) async throws -> RemotePath {
        let here = ContentHash(of: bytes)
        let path = folder.appending("\(name)-\(here)")
        let command = RemoteCommand(
            script: Self.installer, [folder.argument, path.argument, here.description])
        try await withStream(command, deadline: deadline) { stream in
            var words = try await stream.words(deadline)
            if words == ["missing"] {
                try await stream.write(bytes, deadline: deadline)
                try await stream.closeInput(deadline: deadline)
                words = try await stream.words(deadline)
            }
            try await self.check(words, of: stream, here, path, deadline)
        }
        return path
    }

    private nonisolated func check(
        _ words: [Substring], of stream: RemoteStream, _ here: ContentHash, _ path: RemotePath,
        _ deadline: Deadline
    ) async throws {
        if words.count == 2, words[0] == "other" {
            throw failure(
                "install \(path)",
                .hashMismatch(here: here.description, there: String(words[1])))
        }
        let status = try await stream.status(deadline: deadline)
        guard words == ["there"], status == .exited(0) else {
            var heard = CommandOutput()
            heard.standardError = try await stream.readError(deadline: deadline)
            throw SSHError(
                target: target.name, action: "install \(path)", cause: .ended(status),
                heard: heard)
        }
    }

    /// Says `there` when the file is, else `missing`, and then reads it from standard input.
    private static let installer = #"""
        folder=$1 file=$2 hash=$3 part=$2.part-$$
        fail() { rm -f "$part"; exit 1; }
        sum() { sum=$(sha256sum <"$1") && sum=${sum%% *}; }
        umask 077
        mkdir -m 700 "$folder" 2>/dev/null ||
            { mkdir -p -m 700 "$folder" && [ -O "$folder" ] && [ ! -L "$folder" ] &&
                chmod 700 "$folder"; } ||
            { echo "$folder is not a folder of our own" >&2; exit 1; }
        if [ -f "$file" ] && [ -x "$file" ] && sum "$file" && [ "$sum" = "$hash" ]; then
            echo there
            exit 0
        fi
        echo missing
        cat >"$part" && chmod 700 "$part" && sum "$part" || fail
        [ "$sum" = "$hash" ] || { echo "other $sum"; fail; }
        mv -f "$part" "$file" || fail
        echo there
        """#
}

extension RemoteStream {
    /// Reads until a line ends, or the command; gives the words of the line.
    fileprivate func words(_ deadline: Deadline) async throws -> [Substring] {
        var heard: [UInt8] = []
        while heard.last != UInt8(ascii: "\n"), heard.count < 4096 {
            let more = try await read(deadline: deadline)
            if more.isEmpty { break }
            heard += more
        }
        return String(decoding: heard, as: UTF8.self).split(whereSeparator: \.isWhitespace)
    }
}
