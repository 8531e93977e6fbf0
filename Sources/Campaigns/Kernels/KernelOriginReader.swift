// SPDX-License-Identifier: GPL-3.0-or-later

import Vocabulary

/// What the key `source` says, before the rest of the recipe is known.
enum KernelOrigin {
    case debian(DebianPackage)
    case image(ReadyImage)
    case tree(KernelBuild.Tree)
}

/// Reads where a kernel comes from.
enum KernelOriginReader {
    static func origin(_ value: Value) -> KernelOrigin? {
        guard let reader = MappingReader<KernelSourceKey>(value) else { return nil }
        let written = KernelSourceKey.origins.filter { reader[$0] != nil }
        guard let key = written.first, written.count == 1 else {
            let words = KernelSourceKey.origins.map(\.rawValue).joined(separator: ", ")
            return value.complain("one of \(words) is wanted here", as: KernelOrigin.self)
        }
        refuseStrangers(to: key, in: reader)
        return read(key, in: reader)
    }

    private static func refuseStrangers(
        to key: KernelSourceKey, in reader: MappingReader<KernelSourceKey>
    ) {
        if key != .git { reader.refuse([.revision], because: "it belongs to git") }
        if key != .image { reader.refuse([.modules], because: "it belongs to image") }
    }

    private static func read(
        _ key: KernelSourceKey, in reader: MappingReader<KernelSourceKey>
    ) -> KernelOrigin? {
        switch key {
        case .debian: reader.required(.debian, package).map(KernelOrigin.debian)
        case .debianSource:
            reader.required(.debianSource, package).map { .tree(.debian($0)) }
        case .tree: reader.required(.tree, KernelRecipeReader.path).map { .tree(.folder($0)) }
        case .git, .revision: repository(reader)
        case .image, .modules: image(reader)
        }
    }

    private static func repository(_ reader: MappingReader<KernelSourceKey>) -> KernelOrigin? {
        let address = reader.required(.git) { word($0, "the address of a repository") }
        let revision = reader.required(.revision) { word($0, "a commit, tag or branch") }
        guard let address, let revision else { return nil }
        return .tree(.git(repository: address, revision: revision))
    }

    /// Git would take a word that begins with a hyphen for an option.
    private static func word(_ value: Value, _ wanted: String) -> String? {
        guard let text = value.text(wanted) else { return nil }
        guard !text.hasPrefix("-"), !text.contains(where: \.isWhitespace) else {
            return value.complain(
                "'\(shortened(text))' is not \(wanted)", as: String.self)
        }
        return text
    }

    private static func image(_ reader: MappingReader<KernelSourceKey>) -> KernelOrigin? {
        let modules = reader.optional(.modules, KernelRecipeReader.path)
        return reader.required(.image, KernelRecipeReader.path).map {
            .image(ReadyImage(image: $0, modules: modules))
        }
    }

    private static func package(_ value: Value) -> DebianPackage? {
        guard let text = value.text("the name of a Debian package") else { return nil }
        guard let package = DebianPackage(pattern: text) else {
            return value.complain(
                "'\(shortened(text))' is no package name; write lower-case letters, digits, '+', "
                    + "'-', '.', and '*' for digits and dots", as: DebianPackage.self)
        }
        return package
    }
}
