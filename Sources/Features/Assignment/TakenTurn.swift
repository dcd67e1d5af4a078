internal import Postgres
internal import SalesRules

/// A turn among the people of a team that a decision takes.
///
/// It belongs to the decision's transaction: whatever undoes that, a version that has moved or a dry run, gives the
/// turn back with it, and what is decided anew takes a turn anew. Behind everything else, since those on other
/// servers who take one too wait for its row.
struct TakenTurn {
  /// Among whom, as those name it who wait for it.
  let name: String
  /// Who it is.
  let choice: AssignmentChoice
  /// What writes it.
  let statements: [BoundStatement]

  /// - Parameter isDoorOpen: whether the transaction sees the company as a whole already. Turns are the server's
  ///   own, whoever it is that takes one.
  init(
    _ name: String, _ choice: AssignmentChoice, writing turn: BoundStatement, isDoorOpen: Bool
  ) {
    self.name = name
    self.choice = choice
    statements =
      isDoorOpen
      ? [turn] : [AssignmentStatements.openDoor(), turn, AssignmentStatements.closeDoor()]
  }
}
