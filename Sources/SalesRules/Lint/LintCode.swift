/// The faults of a pipeline that can be told, S4's list of errors first.
public enum LintCode: String, CaseIterable, Hashable, Sendable {
  /// States and facts are mixed in one pipeline (error 8).
  case mixedStyles = "mixed_styles"
  /// A task is made a stage (error 13).
  case taskAsStage = "task_as_stage"
  /// A card may stay as long as it likes (error 2).
  case noDwellLimit = "no_dwell_limit"
  /// Nothing has to be filled in (error 4).
  case noRequiredFields = "no_required_fields"
  /// The seller is not told what to do (error 5).
  case noHint = "no_hint"
  /// More fields than anybody fills in (error 6).
  case tooManyFields = "too_many_fields"
  /// The same person is responsible whatever the stage (error 7).
  case noResponsible = "no_responsible"
  /// Cards may leave for another pipeline without being won (error 9).
  case crossingAllowed = "crossing_allowed"
  /// Nobody qualifies requests (error 10).
  case noQualification = "no_qualification"
  /// No stage is a key one (error 11).
  case noKeyStage = "no_key_stage"
  /// Nobody warms those who are not ready, least of all where most are lost (error 3).
  case noNurturing = "no_nurturing"
  /// Cards may move back.
  case backAllowed = "back_allowed"
  /// Cards did move back.
  case movesBack = "moves_back"
  /// More cards were in a stage than in the one before: a colander.
  case grows = "grows"
  /// Most cards pass a stage by.
  case skipped = "skipped"
  /// Open cards pile up and are not lost (error 14).
  case pilesUp = "piles_up"

  /// Whether it shows in what cards did, and not in the design.
  public var isOfHistory: Bool {
    switch self {
    case .movesBack, .grows, .skipped, .pilesUp: true
    default: false
    }
  }
}
