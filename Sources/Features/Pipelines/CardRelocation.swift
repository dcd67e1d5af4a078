internal import Postgres
internal import SalesRules

/// All cards of a stage that goes away, on their way to another stage of the same kind.
///
/// The stage's row is locked before the cards, and only then do they move: a card that would enter meanwhile
/// waits for the stage's row and then finds it gone, and one that leaves makes the count another one.
struct CardRelocation {
  let stage: Stage
  /// How many cards stand in it.
  let count: Int
  /// Where the gate lets them.
  let passage: GatePassage
  /// The pipeline of the stage to which they go.
  let pipeline: Int64
  /// The name of the pipeline that goes away with the stage.
  var deletedPipeline: String?

  /// What moves them, with their stays and histories.
  func statements(_ call: TenantCall) -> [BoundStatement] {
    let key: [Parameter] = [call.tenantParameter, .integer(stage.id)]
    let now = Parameter.timestamp(call.now)
    let step = key + [.integer(passage.stage), now]
    let user = Parameter.integer(call.standing.user)
    return [
      StageStatements.lockCards.bind(key + [.integer(count)]),
      StageStatements.endStays.bind(key + [now]),
      StageStatements.beginStays.bind(step + [user]),
      StageStatements.logMoves.bind(
        step + [user, .text(stage.name), .string(deletedPipeline)]),
      CardPlaceStatements.relocate(
        count, from: stage.id, through: passage, into: pipeline, tenant: call.tenant, at: call.now),
    ]
  }
}
