// SPDX-License-Identifier: GPL-3.0-or-later

package import Boards
import KernelTree
import Scheduling
package import VirtualBoards
import Vocabulary

/// Makes ready what boards boot from.
package struct ImageKitchen: Sendable {
    private let maker: ImageMaker
    private let forge: KernelForge

    /// A first run downloads a kernel and a userland; on a slow line that takes its time.
    private static let patience = Duration.seconds(1800)

    /// - Parameter announce: is told what takes long.
    package init(announce: @escaping @Sendable (String) -> Void) {
        maker = ImageMaker(announce: announce)
        forge = KernelForge(announce: announce) { kernel, progress in
            // Each object would be too much for a screen that boards share.
            guard progress.objects.isMultiple(of: 250) else { return }
            announce("compiling kernel \(kernel): \(progress.objects) objects")
        }
    }

    /// Makes ready what a board comes to life from.
    ///
    /// - Parameters:
    ///   - order: the board and its kernel.
    ///   - memory: that of a board of kind ssh; without one it keeps the kernel that it runs.
    ///   - isCold: whether a suite demands a cold boot, which no snapshot is.
    /// - Returns: the plan, and the image that the board boots, where it boots one.
    /// - Throws: errors of packages, builds and images; `UnenrolledBoard`; `NoKernel`, `KeepsItsKernel`.
    package func plan(
        for order: BoardOrder, memory: MarkedBoard? = nil, isCold: Bool = false
    ) async throws -> (BoardPlan, BoardImage?) {
        let board = order.board
        let budgets = BoardBudgets(board.timeouts)
        switch board.reach {
        case .ssh(let machine):
            let (errand, image) = try await errand(for: machine, order, memory)
            let remote = try RemoteBoard(
                machine, named: board.name, in: order.labFolder, errand: errand)
            return (BoardPlan(name: board.name, access: .remote(remote), budgets: budgets), image)
        case .qemu(let machine):
            guard let kernel = order.kernel else { throw NoKernel(board: board.name) }
            try VirtualBoards.VirtualMachine.requireTool()
            let image = try await image(of: kernel)
            let spec = MachineSpec(
                machine, named: board.name, kernelWords: kernel.recipe.commandLine,
                isCold: isCold)
            let plan = BoardPlan(name: board.name, access: .virtual(spec, image), budgets: budgets)
            return (plan, image)
        }
    }

    private func image(of kernel: NamedRecipe) async throws -> BoardImage {
        let files = try await forge.kernel(for: kernel)
        let deadline = Deadline.after(Self.patience, for: "the image of kernel \(kernel.name)")
        return try await maker.image(for: files, deadline: deadline)
    }

    /// What a board of kind ssh is to boot; nothing where its lab entry says no way to do so.
    private func errand(
        for machine: RemoteMachine, _ order: BoardOrder, _ memory: MarkedBoard?
    ) async throws -> (BootErrand?, BoardImage?) {
        guard let boot = machine.boot else {
            guard let kernel = order.kernel else { return (nil, nil) }
            throw KeepsItsKernel(board: order.board.name, kernel: kernel.name)
        }
        guard let memory else { return (nil, nil) }
        var image: BoardImage?
        var kernel: BootableKernel?
        if let recipe = order.kernel {
            let made = try await self.image(of: recipe)
            let release = try KernelImage(of: made.kernel.image).release
            kernel = BootableKernel(
                name: recipe.name, image: made.kernel.image, modules: made.kernel.modules,
                release: release, words: recipe.recipe.commandLine)
            image = made
        }
        let errand = BootErrand(
            method: boot.bootMethod(in: order.labFolder), kernel: kernel,
            knownGood: boot.knownGood, memory: memory)
        return (errand, image)
    }
}

/// A board that cannot boot the kernel that was asked for.
struct KeepsItsKernel: Blame, Hashable {
    let board: BoardName
    let kernel: KernelName

    var kind: FaultKind { .suite }

    var account: Account {
        Account(
            subject: "board \(board)", action: "boot kernel \(kernel)",
            cause: "its lab entry has no 'boot', so it is judged with the kernel that it runs",
            remedy: "Leave out the kernel, or write under 'boot' how the board boots another one.")
    }
}

/// A virtual board without a kernel to boot.
struct NoKernel: Blame, Hashable {
    let board: BoardName

    var kind: FaultKind { .suite }

    var account: Account {
        Account(
            subject: "board \(board)", action: "boot", cause: "no kernel is named for it",
            remedy: "Write `kernel: NAME` into its entry in the lab file, or give --kernel NAME.")
    }
}
