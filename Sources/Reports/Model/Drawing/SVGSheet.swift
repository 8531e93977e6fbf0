// SPDX-License-Identifier: GPL-3.0-or-later

/// A sheet that SVG elements are put on from top to bottom.
struct SVGSheet {
    /// Where the next thing goes.
    var bottom = 0
    private var width = 520
    private var elements: [XML] = []

    /// How text looks.
    enum Style: String {
        case title, heading, label, address, inside
    }

    /// Which point of a text its place is.
    enum Anchor: String {
        case start, middle, end
    }

    /// What a box stands for.
    enum Fill: String, CaseIterable {
        case free, kept, user, doorbell, refused

        init(_ kind: SpacePiece.Kind) {
            switch kind {
            case .kept: self = .kept
            case .user: self = .user
            case .doorbell: self = .doorbell
            case .refused: self = .refused
            }
        }

        var colour: String {
            switch self {
            case .free: "#ffffff"
            case .kept: "#f6e3b4"
            case .user: "#a9cdf0"
            case .doorbell: "#e8894a"
            case .refused: "#f2b8b5"
            }
        }
    }

    mutating func title(_ text: String, _ subtitle: String) {
        self.text(20, 28, text, .title)
        self.text(20, 48, subtitle, .label)
        bottom = 60
        widen(to: 40 + text.count * 10)
    }

    mutating func text(
        _ x: Int, _ y: Int, _ text: String, _ style: Style, anchor: Anchor = .start
    ) {
        elements.append(
            XML(
                "text",
                [
                    "x": "\(x)", "y": "\(y)", "class": style.rawValue,
                    "text-anchor": anchor.rawValue,
                ], text: text))
    }

    mutating func box(_ x: Int, _ y: Int, _ width: Int, _ height: Int, _ fill: Fill) {
        elements.append(
            XML(
                "rect",
                [
                    "x": "\(x)", "y": "\(y)", "width": "\(width)", "height": "\(height)",
                    "fill": fill.colour, "stroke": "#8a8f98", "stroke-width": "0.7",
                ]))
    }

    mutating func widen(to width: Int) { self.width = max(self.width, width) }

    private static let looks = """
        text { font-family: "DejaVu Sans", Arial, sans-serif; fill: #1f2430; font-size: 12px }
        .title { font-size: 16px; font-weight: bold }
        .heading { font-size: 13px; font-weight: bold }
        .address { font-family: "DejaVu Sans Mono", monospace }
        .inside { font-size: 11px }
        """

    func rendered() -> String {
        let paper = XML("rect", ["width": "\(width)", "height": "\(bottom)", "fill": "#fcfcfa"])
        let root = XML(
            "svg",
            [
                "xmlns": "http://www.w3.org/2000/svg", "width": "\(width)", "height": "\(bottom)",
                "viewBox": "0 0 \(width) \(bottom)",
            ], children: [XML("style", text: Self.looks), paper] + elements)
        return root.rendered()
    }
}

/// What the colours mean.
enum SVGLegend {
    static func draw(on sheet: inout SVGSheet) {
        let words: [(SVGSheet.Fill, String)] = [
            (.user, "user memory"), (.kept, "kept for doorbells"), (.doorbell, "doorbell page"),
            (.refused, "refused by the kernel"),
        ]
        var x = 20
        for (fill, text) in words {
            sheet.box(x, sheet.bottom, 18, 14, fill)
            sheet.text(x + 24, sheet.bottom + 12, text, .label)
            x += 24 + text.count * 7 + 22
        }
        sheet.widen(to: x)
        sheet.bottom += 28
    }
}
