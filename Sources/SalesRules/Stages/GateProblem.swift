/// One thing that stands in the way of a step, or that is warned of.
///
/// ``code`` is what programs test: the members of the error `stage_rule`. Where ``right(_:)`` stands among
/// the refusals they answer with the error `forbidden` instead, else with ``frozen`` or ``archived`` with
/// the error `frozen`.
public enum GateProblem: Hashable, Sendable {
  /// This right is not held.
  case right(Action)
  /// These fields must be filled in first, alternatives parted by a bar.
  case missing([FieldRequirement])
  /// The step leads back, and the pipeline does not.
  case noBack
  /// The step leaves out these open stages.
  case noSkip(skipped: [Int64])
  /// The card has to be won here and copied there.
  case crossOnlyByWin
  /// A reason of this list has to be named.
  case reasonRequired(ReasonKind)
  /// The reason named is not one of this list, or no longer in use.
  case wrongReason(expected: ReasonKind)
  /// A comment has to be written.
  case commentRequired
  /// The card has ended so.
  case alreadyClosed(Outcome)
  /// The card is still open: there is nothing to reopen.
  case notClosed
  /// Only what is lost can be reopened: a won deal or a converted lead goes on in a copy.
  case wonIsFinal
  /// The card could be reopened until this moment; a new one can be made on its base.
  case reopenWindowPassed(until: Timestamp)
  /// The card has an open copy in that pipeline.
  case alreadyCopied
  /// An open card does not begin anew in the pipeline in which it is.
  case ownPipeline
  /// The card can be reopened until this moment, and is not made anew before it.
  case reopenInstead(until: Timestamp)
  /// A new deal on the base of one lost long ago carries a status of the last contact.
  case lastContactRequired
  /// One of the deal's invoices has to be paid.
  case paidInvoiceRequired
  /// The card is not in this pipeline, or the target is not one for deals.
  case wrongPipeline
  /// Leads are converted, deals are won: the step is not one for this kind of card.
  case wrongKind(CardKind)
  /// The pipeline has no such stage, or none of the kind that the step needs.
  case unknownStage
  /// The stage is not of the kind that the step needs.
  case wrongStageKind(expected: StageKind)
  /// A lead reaches its good end, and a way out, only by being converted.
  case convertRequired
  /// No card stands in this stage, which makes a deal of the lead that enters.
  case exit(stage: Int64)
  /// The pipeline is over the plan's limit.
  case frozen
  /// The pipeline has been put away.
  case archived

  /// The name programs test.
  public var code: String {
    switch self {
    case .right: "needs"
    case .missing: "missing"
    case .noBack: "no_back"
    case .noSkip: "no_skip"
    case .crossOnlyByWin: "cross_only_by_win"
    case .reasonRequired: "reason_required"
    case .wrongReason: "wrong_reason"
    case .commentRequired: "comment_required"
    case .alreadyClosed: "already_closed"
    case .notClosed: "not_closed"
    case .wonIsFinal: "won_is_final"
    case .reopenWindowPassed: "reopen_window_passed"
    case .alreadyCopied: "already_copied"
    case .ownPipeline: "own_pipeline"
    case .reopenInstead: "reopen_instead"
    case .lastContactRequired: "last_contact_required"
    case .paidInvoiceRequired: "paid_invoice_required"
    case .wrongPipeline: "wrong_pipeline"
    case .wrongKind: "wrong_kind"
    case .unknownStage: "unknown_stage"
    case .wrongStageKind: "wrong_stage_kind"
    case .convertRequired: "convert_required"
    case .exit: "transfer_stage"
    case .frozen: "frozen"
    case .archived: "archived"
    }
  }

  /// Whether an import may ask to be let through in spite of it: rules on how people sell, not on what
  /// the data means.
  var isRuleOfSelling: Bool {
    switch self {
    case .missing, .noBack, .noSkip, .crossOnlyByWin, .reasonRequired, .commentRequired,
      .lastContactRequired, .paidInvoiceRequired:
      true
    default: false
    }
  }
}
