// SPDX-License-Identifier: GPL-3.0-or-later

import Boards
import SystemPackage

extension BootPlan {
    /// What the lab file's words stand for; paths of the controller count from its folder.
    func bootMethod(in labFolder: FilePath) -> any BootMethod {
        switch method {
        case .kexec: KexecBoot(ground)
        case .grub(let menu): GRUBBoot(ground, menu: menu)
        case .extlinux(let menu, let restore):
            ExtlinuxBoot(ground, menu: menu, restore: restore.map(ControllerCommand.init))
        case .netboot(let folder, let menu, let loader):
            NetworkBoot(
                ground, folder: labFolder.pushing(folder), menu: menu,
                loader: loader == .grub ? .grub : .pxelinux)
        }
    }

    private var ground: BootGround {
        BootGround(
            folder: folder, initrd: initrd, makeInitrd: makeInitrd, deviceTree: deviceTree,
            words: commandLine)
    }
}
