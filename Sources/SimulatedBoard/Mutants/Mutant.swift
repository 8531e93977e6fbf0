// SPDX-License-Identifier: GPL-3.0-or-later

/// A simulated kernel with one defect, by the numbers of the reference facts, section 5,
/// and from M26 on those that only traffic shows.
package enum Mutant: String, Sendable, Hashable, Codable, CaseIterable {
    case m1 = "M1", m2 = "M2", m3 = "M3", m4 = "M4", m5 = "M5"
    case m6 = "M6", m7 = "M7", m8 = "M8", m9 = "M9", m10 = "M10"
    case m11 = "M11", m12 = "M12", m13 = "M13", m14 = "M14", m15 = "M15"
    case m16 = "M16", m17 = "M17", m18 = "M18", m19 = "M19", m20 = "M20"
    case m21 = "M21", m22 = "M22", m23 = "M23", m24 = "M24", m25 = "M25"
    case m26 = "M26", m27 = "M27", m28 = "M28"
}
