internal import JSON
internal import JSONRPC
internal import SalesRules

/// Lost cards by the kind of their loss.
struct FunnelLosses {
  /// The three kinds of loss, what never was a request, and what was lost without a reason.
  enum Kind: String, CaseIterable {
    case dropped
    case refused
    case vanished
    case invalid
    case unknown

    /// What each of the company's reasons counts as.
    static func all(of company: Company) -> [Int64: Self] {
      Dictionary(
        company.reasons.compactMap { reason in
          let word = reason.lossKind?.rawValue ?? reason.kind.rawValue
          return Self(rawValue: word).map { (reason.id, $0) }
        }, uniquingKeysWith: { first, _ in first })
    }
  }

  static let schema = Schema.object(
    [
      "dropped": .integer, "refused": .integer, "vanished": .integer, "invalid": .integer,
      "unknown": .integer,
    ], required: Kind.allCases.map(\.rawValue))

  private var counts: [Kind: Int] = [:]

  /// How many cards were lost so.
  subscript(kind: Kind) -> Int {
    get { counts[kind] ?? 0 }
    set { counts[kind] = newValue }
  }

  func write(to writer: inout JSONWriter) {
    writer.value(
      .object(
        JSONObject(Kind.allCases.map { ($0.rawValue, .integer(Int64(self[$0]))) })))
  }
}
