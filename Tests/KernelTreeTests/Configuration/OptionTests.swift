// SPDX-License-Identifier: GPL-3.0-or-later

import KernelTree
import Testing
import Vocabulary

@Suite("Options of a configuration are read and compared")
struct OptionTests {
    @Test("Values, options that are off, remarks and blank lines are told apart")
    func reading() throws {
        let text = """
            #
            # Automatically generated file; DO NOT EDIT.
            # Linux/arm64 6.1.192 Kernel Configuration
            #
            CONFIG_CC_VERSION_TEXT="aarch64-linux-gnu-gcc (Debian 12.2.0-14) 12.2.0"
            CONFIG_VFIO=y

            # CONFIG_VFIO_NOIOMMU is not set
              CONFIG_NR_CPUS=8
            CONFIG_IOMMUFD=n
            """
        let options = try OptionFile(text, file: "f").options
        #expect(
            options.map(\.description) == [
                "CONFIG_CC_VERSION_TEXT=\"aarch64-linux-gnu-gcc (Debian 12.2.0-14) 12.2.0\"",
                "CONFIG_VFIO=y", "# CONFIG_VFIO_NOIOMMU is not set", "CONFIG_NR_CPUS=8",
                "# CONFIG_IOMMUFD is not set",
            ])
        #expect(options.map(\.line) == [5, 6, 8, 9, 10])
    }

    @Test("A line that is no option is refused with its place")
    func badLine() throws {
        let trouble = #expect(throws: RecipeTrouble.self) {
            try OptionFile("CONFIG_A=y\nVFIO=y\n", file: "small.config")
        }
        #expect(
            trouble?.description.hasPrefix(
                "small.config:2:1 could not be understood: 'VFIO=y' is no option") == true)
    }

    @Test("An option that Kconfig dropped or changed is named with what it became")
    func lost() throws {
        // IOMMUFD_VFIO_CONTAINER is dropped silently when VFIO_GROUP is missing, as in 6.12.
        let first = try OptionFile(
            "CONFIG_A=y\nCONFIG_NR_CPUS=8\nCONFIG_OFF=n\nCONFIG_UNKNOWN=n\n", file: "a.config")
        let second = try OptionFile(
            "CONFIG_IOMMUFD_VFIO_CONTAINER=y\nCONFIG_NR_CPUS=4\n", file: "b.config")
        let result = try OptionFile(
            "CONFIG_A=m\nCONFIG_NR_CPUS=64\nCONFIG_OFF=y\n", file: ".config")
        let lost = OptionCheck.lost(of: [first, second], in: result)
        #expect(
            lost.map(\.description) == [
                "a.config:1: 'CONFIG_A=y' did not take: it became m",
                "a.config:3: '# CONFIG_OFF is not set' did not take: it became y",
                "b.config:1: 'CONFIG_IOMMUFD_VFIO_CONTAINER=y' did not take: "
                    + "the configuration does not have it",
                "b.config:2: 'CONFIG_NR_CPUS=4' did not take: it became 64",
            ])
    }

    @Test("Of two fragments that state one option the later one counts")
    func later() throws {
        let first = try OptionFile("CONFIG_A=y\n", file: "a")
        let second = try OptionFile("# CONFIG_A is not set\n", file: "b")
        let result = try OptionFile("CONFIG_B=y\n", file: ".config")
        #expect(OptionCheck.lost(of: [first, second], in: result) == [])
        #expect(OptionCheck.lost(of: [second, first], in: result).count == 1)
    }
}
