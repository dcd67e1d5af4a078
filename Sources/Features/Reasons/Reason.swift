internal import SalesRules

/// A reason of one of the company's lists.
struct Reason: Sendable, Equatable {
  let id: Int64
  let kind: ReasonKind
  var name: String
  var isActive: Bool
  /// Of a loss, which of the three kinds; nil in the other lists.
  var lossKind: LossKind?
  /// What it says of the comment; nil leaves that to the company's rule for the list.
  var comment: CommentRule?
  var version: Int64

  /// As the gate sees it.
  var gateReason: GateReason {
    GateReason(
      id: id, kind: kind, isActive: isActive, requiresComment: comment.map { $0 == .required })
  }
}
