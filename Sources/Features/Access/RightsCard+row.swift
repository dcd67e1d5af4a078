internal import Postgres
internal import SalesRules

extension RightsCard {
  /// From four columns: pipeline, stage, responsible and outcome.
  init(_ row: Row) throws {
    self.init(
      pipeline: try row.integer(0), stage: try row.integer(1),
      responsible: try row.integerIfPresent(2), outcome: try row.word(3))
  }
}
