// SPDX-License-Identifier: GPL-3.0-or-later

/// What the model says of a value: exactly it, or one of a stated few.
///
/// A kernel is deterministic in most of what it places; where it is not, or where a fact of the
/// board is missing, the model names every outcome that is right and why there are several.
package enum Prediction<Value: Sendable & Hashable>: Sendable, Hashable {
    case exactly(Value)
    case oneOf([Value], because: String)

    /// Says whether an observation may be.
    package func allows(_ observed: Value) -> Bool { all.contains(observed) }

    /// Every value that is right, the likeliest first.
    package var all: [Value] {
        switch self {
        case .exactly(let value): [value]
        case .oneOf(let values, _): values
        }
    }

    /// The value, where there is no choice.
    package var exact: Value? {
        if case .exactly(let value) = self { value } else { nil }
    }

    /// Carries the prediction over to what follows from the value.
    package func map<Result: Sendable & Hashable>(
        _ transform: (Value) -> Result
    ) -> Prediction<Result> {
        switch self {
        case .exactly(let value): .exactly(transform(value))
        case .oneOf(let values, let reason): .oneOf(values.map(transform), because: reason)
        }
    }

    /// What a finding rests on: "exact" or "one of 3: …".
    package var basis: String {
        switch self {
        case .exactly: "exact"
        case .oneOf(let values, let reason): "one of \(values.count): \(reason)"
        }
    }
}

extension Prediction: Codable where Value: Codable {}

extension Prediction: CustomStringConvertible where Value: CustomStringConvertible {
    package var description: String {
        switch self {
        case .exactly(let value): value.description
        case .oneOf(let values, let reason):
            "one of \(values.map(\.description).joined(separator: ", ")) (\(reason))"
        }
    }
}
