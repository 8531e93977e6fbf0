// SPDX-License-Identifier: GPL-3.0-or-later

import CBoard

/// The agent: VFIO calls, stimuli and counters on a board, for a controller at its standard streams.
///
/// However it ends, it gives everything back first; after SIGKILL the kernel does.
@main
enum BoardAgent {
    static func main() {
        let signals = board_end_signals()
        guard signals >= 0 else {
            Output.complain("signals cannot be read from a descriptor here")
            exit(70)
        }
        guard board_catch_bus_errors() == 0 else {
            Output.complain("a device that stops answering cannot be survived here")
            exit(70)
        }
        let agent = Agent(endSignals: signals)
        var loop = FrameLoop(agent)
        let end = loop.run()
        agent.releaseEverything()
        exit(end.rawValue)
    }
}
