// SPDX-License-Identifier: GPL-3.0-or-later

/// A board of a scene's lab, as text.
struct SceneBoard {
    var name = "its"
    var controller = "its"
    var devices = ["edu", "edu", "virtio-rng"]
    var kernel = "debian-6.1"
    /// Further keys, such as `command-line: [quiet]`.
    var more: [String] = []

    func text(tag: String) -> String {
        let lines =
            [
                "name: \(tag)-\(name)", "kind: qemu", "kernel: \(kernel)",
                "msi-controller: \(controller)", "devices: [\(devices.joined(separator: ", "))]",
            ] + more
        return "  - " + lines.joined(separator: "\n    ") + "\n"
    }

    /// A lab with a machine that is already there.
    static func remoteLab(port: UInt16, _ more: [String]) -> String {
        let lines = ["name: there", "kind: ssh", "host: 127.0.0.1", "port: \(port)"] + more
        return "name: scene\nsummary: A lab of one story\nboards:\n  - "
            + lines.joined(separator: "\n    ") + "\n"
    }
}

/// Suites of the stories.
enum SceneSuite {
    /// A case that goes on for many steps, each of them short.
    static let long = suite(
        "long", devices: "{a: edu}",
        steps: ["attach: {device: a, to: c}", "arm: {device: a, kind: msi, vectors: 1}"]
            + [String](repeating: "ring: {device: a, vector: 0, count: 500}", count: 60)
            + ["disarm: a"])

    /// A disk, which its driver wants back.
    static let disk = suite(
        "disk", devices: "{n: nvme}",
        steps: [
            "attach: {device: n, to: c}", "arm: {device: n, kind: msix, vectors: 1}", "disarm: n",
            "detach: n",
        ])

    /// A suite with one case of the same name.
    static func suite(_ name: String, devices: String, steps: [String]) -> String {
        let all = (["open: c"] + steps + ["close: c"]).map { "      - \($0)\n" }.joined()
        return """
            name: \(name)
            summary: A suite of one story
            cases:
              - name: \(name)
                summary: The one case
                devices: \(devices)
                allow-unsafe-interrupts: true
                steps:

            """ + all
    }
}
