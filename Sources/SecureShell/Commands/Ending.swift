// SPDX-License-Identifier: GPL-3.0-or-later

import Scheduling

extension SSHConnection {
    /// Gives a channel back, and ends its command on the board unless it has ended.
    func abandon(_ channel: Channel) {
        let hasEnded = channel.isClosedByServer
        channel.free()
        guard running.remove(channel.mark) != nil, !hasEnded, isUsable else { return }
        let mark = channel.mark
        // Not a child of the caller, who has been cancelled or has no time left; `close` awaits it.
        endings[mark] = Task {
            await end([mark])
            endings[mark] = nil
        }
    }

    /// Ends what still runs, as far as the connection allows.
    func endCommands() async {
        for ending in endings.values { await ending.value }
        guard isUsable, !running.isEmpty else { return }
        let marks = running
        running = []
        await end(marks)
    }

    private var isUsable: Bool { loss == nil && session != nil }

    private func end(_ marks: Set<CommandMark>) async {
        let activity = activity("end commands", .after(.seconds(5), for: "the end of commands"))
        // Somebody else's failure brought us here, and that is what is told.
        guard let channel = try? await start(CommandMark.ending(marks), activity) else { return }
        running.remove(channel.mark)
        while !channel.isClosedByServer {
            guard (try? await awaitNews(activity)) != nil else { break }
        }
        channel.free()
    }
}
