// SPDX-License-Identifier: GPL-3.0-or-later

package import SystemPackage

/// The configuration that keeps an apt inside a folder (apt.conf(5)).
package struct AptConfiguration {
    package let folder: FilePath
    /// What `apt-config dump` says of the machine's own apt.
    package let inherited: String

    package init(folder: FilePath, inherited: String) {
        self.folder = folder
        self.inherited = inherited
    }

    package var text: String {
        """
        Dir::Etc "\(folder)/etc/";
        Dir::Etc::sourcelist "none.list";
        Dir::Etc::netrc "/etc/apt/auth.conf";
        Dir::Etc::netrcparts "/etc/apt/auth.conf.d";
        Dir::Etc::trusted "/etc/apt/trusted.gpg";
        Dir::Etc::trustedparts "/etc/apt/trusted.gpg.d";
        Dir::State "\(folder)/state/";
        Dir::State::status "\(folder)/state/status";
        Dir::Cache "\(folder)/cache/";
        Dir::Cache::archives "\(folder)/archives/";
        APT::Architecture "arm64";
        APT::Architectures { "arm64"; };
        APT::Sandbox::User "";
        APT::Update::Error-Mode "any";
        Acquire::Languages "none";
        Debug::NoLocking "true";

        """ + transport
    }

    /// Proxies and the like: how this machine reaches an archive at all.
    private var transport: String {
        let prefixes = [
            "Acquire::http", "Acquire::https", "Acquire::Retries", "Acquire::Check-Valid",
        ]
        return inherited.split(whereSeparator: \.isNewline)
            .filter { line in prefixes.contains { line.hasPrefix($0) } }
            .map { $0 + "\n" }.joined()
    }
}
