internal import SalesRules

/// A reason of one of the company's lists.
struct Reason: Sendable, Equatable {
  let id: Int64
  let kind: ReasonKind
  var name: String
  var isActive: Bool
  var version: Int64

  /// As the gate sees it.
  var gateReason: GateReason {
    GateReason(id: id, kind: kind, isActive: isActive)
  }
}
