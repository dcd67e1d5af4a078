internal import Postgres

/// The end of a dry run, which has done the work as far as the database goes.
enum TrialStatements {
  /// What is looked at when a transaction ends is looked at now; then all is taken back.
  static let end: [BoundStatement] = [checkAll(), endTrial()]

  /// What the end is told by.
  static let ended = SQLState(rawValue: "VR005")

  private static let checkAll = Statement("set constraints all immediate")

  private static let endTrial = Statement("select end_trial()")
}
