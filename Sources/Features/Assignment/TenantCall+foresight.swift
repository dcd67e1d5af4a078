internal import JSONRPC
internal import Postgres
internal import SalesRules

/// Whether somebody will be responsible, asked before the gate is and without a turn being taken. The order is that
/// of `responsible(…)`; what it rests on can't change before the write, which is held to the company's version.
extension TenantCall {
  /// Whether a new card will be somebody's.
  func isSomebodys(
    named: Int64?, newCardAt place: RightsCard, in pipeline: Pipeline
  ) async throws -> Bool {
    if named != nil { return true }
    let place = place.nobodys
    if let found = try await findsOnEntry(at: place, in: pipeline) { return found }
    if standing.usual(in: pipeline) != nil { return true }
    return try await finds(by: pipeline.responsibleRule, at: place)
  }

  /// Whether a card that is handed over will be somebody's.
  func isSomebodys(handedOverTo pipeline: Pipeline, at place: RightsCard) async throws -> Bool {
    let place = place.nobodys
    if let found = try await findsOnEntry(at: place, in: pipeline) { return found }
    guard pipeline.responsibleRule == .keep else {
      return try await finds(by: pipeline.responsibleRule, at: place)
    }
    return standing.usual(in: pipeline) != nil
  }

  /// Whether a card that comes over from another pipeline will be somebody's.
  func isSomebodys(comingOverAt place: RightsCard, in pipeline: Pipeline) async throws -> Bool {
    if let found = try await findsOnEntry(at: place, in: pipeline) {
      if found { return true }
      if place.responsible == nil { return false }
    }
    guard let user = place.responsible else {
      return try await finds(by: pipeline.responsibleRule, at: place)
    }
    if let standing = try await standing(of: user), standing.isActive, standing.sees(place) {
      return true
    }
    return try await isSomebodys(handedOverTo: pipeline, at: place)
  }

  /// Whether a card that enters a stage of its pipeline will be somebody's.
  func isSomebodys(enteringAt place: RightsCard, in pipeline: Pipeline) async throws -> Bool {
    if place.responsible != nil { return true }
    return try await findsOnEntry(at: place, in: pipeline) ?? false
  }

  /// Whether the rule of the stage finds somebody; nil where it has none.
  private func findsOnEntry(at place: RightsCard, in pipeline: Pipeline) async throws -> Bool? {
    guard let rule = pipeline.stage(place.stage)?.responsibleRule, rule != .keep else { return nil }
    return try await finds(by: rule, at: place)
  }

  private func finds(by rule: AssignmentRule, at place: RightsCard) async throws -> Bool {
    guard rule != .keep else { return false }
    return try await candidates(rule, at: place).contains { $0.hindrance == nil }
  }
}

extension RightsCard {
  /// The same place of a card that is nobody's.
  fileprivate var nobodys: RightsCard {
    var card = self
    card.responsible = nil
    return card
  }

  /// The same card in a stage of a pipeline.
  func entering(_ stage: Int64, of pipeline: Pipeline) -> RightsCard {
    var card = self
    card.pipeline = pipeline.id
    card.stage = stage
    card.outcome = pipeline.stage(stage)?.kind.outcome ?? card.outcome
    return card
  }
}
