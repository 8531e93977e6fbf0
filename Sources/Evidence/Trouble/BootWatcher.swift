// SPDX-License-Identifier: GPL-3.0-or-later

/// Knows how far a board has booted, and notices when it begins anew.
struct BootWatcher: Sendable {
    /// Boots that somebody asked for and that have not begun yet.
    private(set) var expected: Int
    private var stage: BootBanner.Stage?
    private var seen: Set<BootBanner> = []

    /// - Parameter isRunning: whether a kernel runs already when the console is first listened to.
    init(isRunning: Bool) {
        expected = isRunning ? 0 : 1
        stage = isRunning ? .kernelVersion : nil
    }

    /// Lets the next boot pass: somebody is about to ask for it.
    mutating func expectBoot() { expected = 1 }

    /// Takes a banner, and says whether a boot has begun that nobody asked for.
    mutating func take(_ banner: BootBanner) -> Bool {
        guard isAnew(banner) else {
            stage = banner.stage
            seen.insert(banner)
            return false
        }
        (stage, seen) = (banner.stage, [banner])
        guard expected == 0 else {
            expected -= 1
            return false
        }
        return true
    }

    /// A banner of an earlier stage, or one that stands there once in a boot and comes again.
    private func isAnew(_ banner: BootBanner) -> Bool {
        guard let stage else { return true }
        // Firmware talks on when a loader gives up and goes back to it: only a kernel never does.
        guard banner.isUnique else { return banner.stage < stage && stage >= .stub }
        return banner.stage < stage || seen.contains(banner) || seen.isEmpty
    }
}
