// SPDX-License-Identifier: GPL-3.0-or-later

/// By what a command and all its children are found again on the board: a variable of theirs.
///
/// SSH can ask for a signal, but OpenSSH refuses that to root ("session signalling requires
/// privilege separation", session.c), and a closed channel does not end a command that neither
/// reads nor writes.
struct CommandMark: Hashable, Sendable, CustomStringConvertible {
    private static let variable = "DOORBELL_COMMAND"
    let description: String

    init() {
        let number = UInt64.random(in: UInt64.min...UInt64.max)
        description = "\(Self.variable)=\(String(number, radix: 36))"
    }

    /// The command that ends everything so marked: asked at once, killed a second later.
    ///
    /// It uses the shell alone, one process for a board of any size, and goes on by itself: a
    /// slow board may start a command only after we have given it up.
    static func ending(_ marks: some Collection<CommandMark>) -> RemoteCommand {
        RemoteCommand(script: script, marks.map(\.description))
    }

    private static let script = #"""
        send() {
            signal=$1; shift
            for process in /proc/[0-9]*; do
                while read -r line || test -n "$line"; do
                    for mark; do
                        case $line in *"$mark"*) kill -"$signal" "${process#/proc/}";; esac
                    done
                done < "$process/environ"
            done
        }
        {
            send TERM "$@"
            for pause in 1 2 4; do sleep $pause; send KILL "$@"; done
        } < /dev/null > /dev/null 2>&1 &
        """#
}
