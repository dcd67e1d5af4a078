extension GateProblem {
  /// What to do about it, as an English sentence.
  public var sentence: String {
    switch self {
    case .right(let action):
      "You need the right \"\(action.rawValue)\" for this. Ask an admin for it."
    case .missing(let fields):
      "Fill in \(fields.map(\.description).joined(separator: ", ")) first."
    case .noBack: "This pipeline does not let cards move back."
    case .noSkip(let skipped):
      "This pipeline does not let cards skip stages; "
        + "\(skipped.map(String.init).joined(separator: ", ")) would be skipped."
    case .crossOnlyByWin:
      "Win the card here and copy it: cards do not leave this pipeline otherwise."
    case .reasonRequired(let kind): "Name a reason from the company's \(kind.rawValue) reasons."
    case .wrongReason(let kind):
      "The reason named is not one of the company's \(kind.rawValue) reasons in use."
    case .commentRequired: "Write a comment."
    case .alreadyClosed(let outcome): "The card is closed already: it is \(outcome.rawValue)."
    case .notClosed: "The card is open: there is nothing to reopen."
    case .wonIsFinal:
      "Only a lost card can be reopened: make a copy of a won deal, and another lead of a converted one."
    case .reopenWindowPassed(let until):
      "The card could be reopened until \(until): make a copy of a deal, and another lead of a lead."
    case .alreadyCopied: "A copy of the card is open in that pipeline: work on that one."
    case .ownPipeline:
      "The deal is open in this pipeline: move it to another stage with deal.move, or win it with deal.win and "
        + "then make a new one on its base."
    case .reopenInstead(let until):
      "The deal can be reopened until \(until): reopen it with deal.reopen instead of making a new one."
    case .lastContactRequired: "Give the status of the last contact."
    case .paidInvoiceRequired: "One of the deal's invoices has to be paid first."
    case .wrongPipeline: "The card or the stage belongs to another pipeline."
    case .wrongKind(let kind): "This can't be done with a \(kind.rawValue)."
    case .unknownStage: "The pipeline has no such stage."
    case .wrongStageKind(let expected): "Name a stage of the kind \(expected.rawValue)."
    case .convertRequired: "Convert the lead: it reaches this stage in no other way."
    case .exit:
      "No lead stays in a stage that transfers. Name another stage; then lead.move to the stage that transfers "
        + "makes a deal of it."
    case .frozen: "The pipeline is over the plan's limit: cards can only be closed or moved out."
    case .archived: "The pipeline is archived: cards can only be closed or moved out."
    }
  }
}
