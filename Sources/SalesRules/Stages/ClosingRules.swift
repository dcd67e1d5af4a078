/// What a company demands when cards are closed and reopened, with the articles' defaults.
///
/// A demanded reason bites only where the company has at least one active reason of the kind: nobody
/// can choose from an empty list.
public struct ClosingRules: Hashable, Sendable {
  /// Losing names a reason from the company's list (S0: "обязательно").
  public var requireLossReason: Bool
  /// Losing carries a comment (S0).
  public var requireLossComment: Bool
  /// Winning says why the client bought (S0). Leads are converted without it: nobody has bought yet.
  public var requireWinReason: Bool
  /// Winning carries a comment. S0 recommends one; it is not demanded by default.
  public var requireWinComment: Bool
  /// Winning takes a paid invoice.
  public var requirePaidInvoice: Bool
  /// Declaring invalid names a reason: wrong number, duplicate, not a client, test (S0).
  public var requireInvalidReason: Bool
  /// Declaring invalid carries a comment. It is not demanded by default.
  public var requireInvalidComment: Bool
  /// For how many days after its loss a card can be reopened (S0: 30); after that a new one is made on
  /// its base.
  public var reopenDays: Int
  /// A deal made on the base of one that was lost before that carries a status of the last contact (S0).
  public var requireLastContactOnRenewal: Bool

  /// Makes rules; what is left out is as the articles have it.
  public init(
    requireLossReason: Bool = true, requireLossComment: Bool = true, requireWinReason: Bool = true,
    requireWinComment: Bool = false, requireInvalidReason: Bool = true, reopenDays: Int = 30,
    requireLastContactOnRenewal: Bool = true, requirePaidInvoice: Bool = false,
    requireInvalidComment: Bool = false
  ) {
    self.requireLossReason = requireLossReason
    self.requireLossComment = requireLossComment
    self.requireWinReason = requireWinReason
    self.requireWinComment = requireWinComment
    self.requireInvalidReason = requireInvalidReason
    self.requireInvalidComment = requireInvalidComment
    self.reopenDays = reopenDays
    self.requireLastContactOnRenewal = requireLastContactOnRenewal
    self.requirePaidInvoice = requirePaidInvoice
  }

  /// Whether a reason of this kind is demanded at all.
  func requiresReason(_ kind: ReasonKind) -> Bool {
    switch kind {
    case .loss: requireLossReason
    case .win: requireWinReason
    case .invalid: requireInvalidReason
    }
  }

  /// Whether a comment is demanded where the reason does not say otherwise.
  func requiresComment(_ kind: ReasonKind) -> Bool {
    switch kind {
    case .loss: requireLossComment
    case .win: requireWinComment
    case .invalid: requireInvalidComment
    }
  }
}
