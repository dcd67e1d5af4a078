internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

/// Steps that lead out of a pipeline, and what a stage keeps.
extension CardSteps {
  /// A deal goes straight on in the other pipeline whose stage was named. A stage of a pipeline of which the
  /// caller knows nothing does not exist; one that is none for deals is told to whoever sees it.
  func crossing(_ reading: CardReading, to stage: Int64) async throws -> CardDecision {
    let card = reading.card
    let owner = call.company.pipelines.first { $0.stage(stage) != nil }
    let (target, given) = try await call.given(to: [.move], on: card) {
      guard let owner, call.standing.knows(pipeline: owner.id) else {
        throw RPCError.notFound(what: "stage")
      }
      guard owner.kind == kind else {
        guard call.standing.holds(.view, onPipeline: owner.id) else {
          throw RPCError.notFound(what: "stage")
        }
        throw CardGate.error([.wrongPipeline])
      }
      return (owner, try await self.given(for: card, comingInto: owner))
    }
    let rows = try await call.read(
      CardStatements.lastOpenStageOfPipeline(
        call.tenantParameter, .integer(card.id), .integer(target.id)))
    var gateCard = given.gateCard(reading)
    gateCard.lastOpenStage = try rows[0].first?.integer(0)
    return try await decide(
      .transfer(gateCard, into: target.design, stage: stage), card, given, into: target)
  }

  /// A value that the stage demands in which the card stands is not taken away.
  func requireKept(_ reading: CardReading, after: Card) async throws {
    guard let stage = try pipeline(of: after).stage(after.stage), !stage.required.isEmpty else {
      return
    }
    let before = reading.filled(reading.card.fields)
    var left = after.filledOwn.union(after.fields.members.map(\.name))
    if let contact = after.contact {
      left.formUnion(
        contact == reading.card.contact
          ? reading.contactFilled : try await CardContacts.resolve(.known(contact), call).filled)
    }
    let problems = stage.required.broken(from: before, to: left)
      .map { demand in
        let key = demand.alternatives.first { before.contains($0) } ?? ""
        return FieldProblem(
          path: Self.path(of: key),
          problem: "is required by the stage \"\(stage.name)\" in which the \(kind.rawValue) "
            + "stands (\(demand.description)): give another value, or move it first")
      }
    guard problems.isEmpty else { throw RPCError.invalid(problems) }
  }

  /// The member by which the value is changed.
  private static func path(of key: String) -> String {
    switch CardField(rawValue: key) {
    case .name, .phone, .email: "contact"
    case nil: "fields.\(key)"
    default: key
    }
  }
}
