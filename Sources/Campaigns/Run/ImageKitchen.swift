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

    /// The plan for a board, and the image that it boots, where it boots one.
    /// - Throws: errors of packages, builds and images; `UnenrolledBoard`; `NoKernel`, `KeepsItsKernel`.
    package func plan(for order: BoardOrder) async throws -> (BoardPlan, BoardImage?) {
        let board = order.board
        let budgets = BoardBudgets(board.timeouts)
        switch board.reach {
        case .ssh(let machine):
            if let kernel = order.kernel {
                throw KeepsItsKernel(board: board.name, kernel: kernel.name)
            }
            let remote = try RemoteBoard(machine, named: board.name, in: order.labFolder)
            return (BoardPlan(name: board.name, access: .remote(remote), budgets: budgets), nil)
        case .qemu(let machine):
            guard let kernel = order.kernel else { throw NoKernel(board: board.name) }
            try VirtualBoards.VirtualMachine.requireTool()
            let kernelFiles = try await forge.kernel(for: kernel)
            let deadline = Deadline.after(Self.patience, for: "the image of kernel \(kernel.name)")
            let image = try await maker.image(
                for: kernelFiles, deadline: deadline)
            let spec = MachineSpec(
                machine, named: board.name, kernelWords: kernel.recipe.commandLine)
            let plan = BoardPlan(name: board.name, access: .virtual(spec, image), budgets: budgets)
            return (plan, image)
        }
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
            cause: "a board of kind ssh is judged with the kernel that it runs",
            remedy: "Leave out the kernel, or boot it on the board by hand first.")
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
