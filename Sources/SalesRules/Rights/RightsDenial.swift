/// Why a right is not held.
public enum RightsDenial: String, CaseIterable, Hashable, Sendable {
  /// The person is deactivated.
  case inactive
  /// No grant on the pipeline reaches the person: for them it does not exist.
  case noGrantOnPipeline = "no_grant_on_pipeline"
  /// Grants on the pipeline reach the person, none gives this action.
  case actionNotGranted = "action_not_granted"
  /// The action is granted, but not on cards of this responsible.
  case notTheirCard = "not_their_card"
  /// The action is granted on cards of this responsible, but not on cards that stand so.
  case otherOutcome = "other_outcome"
  /// The action is granted on such cards, but not in this stage.
  case otherStage = "other_stage"
  /// The action is granted on the card, but the card may not be seen.
  case notVisible = "not_visible"

  /// The reason as an English sentence.
  public var sentence: String {
    switch self {
    case .inactive: "The person is deactivated."
    case .noGrantOnPipeline: "No grant on this pipeline reaches the person."
    case .actionNotGranted: "No grant that reaches the person allows this on this pipeline."
    case .notTheirCard:
      "The grants that allow this do not reach cards of this responsible."
    case .otherOutcome: "The grants that allow this do not hold for a card that stands so."
    case .otherStage: "The grants that allow this are narrowed to other stages."
    case .notVisible: "The card may not be seen by the person, so nothing can be done with it."
    }
  }
}
