internal import JSON
internal import JSONRPC
internal import TestSupport
internal import Testing

@testable internal import Features

/// A thing that something refers to is not deleted, and a dry run says so as the deletion itself does.
@Suite("Dry runs of deletions")
struct DeletionTrialTests {
  /// One deletion that is refused, asked by whom.
  private struct Trial {
    let method: String
    let parameters: JSONObject
    let client: TestClient
    let kind: String
    let note: String
  }

  private static func trials() async throws -> [Trial] {
    let floor = try await SalesFloor.make()
    let company = floor.company
    let owner = company.owner
    let services = JSON.integer(floor.services.id)
    // A pipeline into which leads are transferred, a team that a rule chooses from, and one that has more.
    let chosen = try await company.team("chosen")
    try await owner.call(
      "pipeline.update",
      ["id": services, "responsible_rule": ["way": "round_robin", "team": .integer(chosen)]])
    let above = try await company.team("above")
    _ = try await company.team("below", parent: above)
    let pipeline = try await company.pipeline(
      "Мебель", stages: [["name": "A"], ["name": "B"], ["name": "C"]])
    let client = try await owner.call("company.create", ["name": "ООО"])
    let contact = try await owner.call(
      "contact.create", ["name": "Пётр", "company": .integer(client.id)])
    let deal = try await owner.call(
      "deal.create",
      [
        "title": "Кухня", "pipeline": .integer(pipeline.id), "contact": .integer(contact.id),
        "amount": ["amount": "100", "currency": "RUB"], "fields": [:],
      ])
    let blind = try await company.member(
      "blind", .init(pipeline: pipeline.id, actions: ["configure"]))
    let field = try await owner.call(
      "field.create", ["for": "deal", "key": "size", "name": "Размер", "type": "text"])
    try await owner.call(
      "deal.update", ["id": .integer(deal.id), "fields": ["size": "3 м"]])
    let invoice = try await owner.call(
      "invoice.create", ["deal": .integer(deal.id), "due_at": "2026-06-10"])
    try await owner.call("invoice.pay", ["id": .integer(invoice.id)])
    let stage = JSON.integer(pipeline.stage("A"))
    return [
      Trial(
        method: "pipeline.delete", parameters: ["id": services], client: owner, kind: "conflict",
        note: "a stage of leads transfers into it"),
      Trial(
        method: "pipeline.delete", parameters: ["id": .integer(pipeline.id)], client: owner,
        kind: "conflict", note: "cards stand in it"),
      Trial(
        method: "stage.delete", parameters: ["id": stage], client: owner, kind: "conflict",
        note: "cards stand in it"),
      Trial(
        method: "stage.delete", parameters: ["id": stage], client: blind.client, kind: "conflict",
        note: "cards stand in it that the caller does not see"),
      Trial(
        method: "team.delete", parameters: ["id": .integer(chosen)], client: owner,
        kind: "conflict", note: "a rule chooses from it"),
      Trial(
        method: "team.delete", parameters: ["id": .integer(above)], client: owner,
        kind: "conflict", note: "it has a team below"),
      Trial(
        method: "field.delete", parameters: ["id": .integer(field.id)], client: owner,
        kind: "conflict", note: "cards hold values"),
      Trial(
        method: "contact.delete", parameters: ["id": .integer(contact.id)], client: owner,
        kind: "conflict", note: "a deal is of them"),
      Trial(
        method: "company.delete", parameters: ["id": .integer(client.id)], client: owner,
        kind: "conflict", note: "a contact is of it"),
      Trial(
        method: "deal.delete", parameters: ["id": .integer(deal.id)], client: owner,
        kind: "conflict", note: "it has been paid for"),
    ]
  }

  @Test("What refuses a deletion refuses its dry run, in the same words")
  func sameRefusals() async throws {
    let trials = try await Self.trials()
    for trial in trials {
      var dry = trial.parameters
      dry["dry_run"] = true
      let foretold = try await trial.client.refusal(trial.method, dry)
      let refusal = try await trial.client.refusal(trial.method, trial.parameters)
      #expect(refusal?.kind == trial.kind, "\(trial.method): \(trial.note)")
      #expect(foretold?.kind == refusal?.kind, "\(trial.method): \(trial.note)")
      #expect(foretold?.message == refusal?.message, "\(trial.method): \(trial.note)")
    }
    // Reasons and their like are put away instead, and a company is the operator's.
    let others: Set = [
      "reason.delete", "contact_status.delete", "activity_type.delete", "tenant.delete",
    ]
    let deletions = Features.methods.filter {
      $0.traits.contains(.dryRun) && $0.description.name.hasSuffix(".delete")
    }
    #expect(
      Set(deletions.map(\.description.name)).subtracting(others) == Set(trials.map(\.method)))
  }

  @Test("A dry run of what would be done leaves everything as it is, and may be repeated")
  func nothingDone() async throws {
    let company = try await TestInstallation.make().company()
    let owner = company.owner
    let pipeline = try await company.pipeline(
      "Мебель", stages: [["name": "A"], ["name": "B"]])
    let card = try await company.card(in: pipeline.stage("A"))
    let before = try await owner.call("pipeline.get", ["id": .integer(pipeline.id)])
    let request: JSONObject = [
      "id": .integer(pipeline.stage("A")), "move_cards_to": .integer(pipeline.stage("B")),
      "dry_run": true, "idempotency_key": "one",
    ]
    for _ in 0..<2 {
      let dry = try await owner.call("stage.delete", request)
      #expect(dry["deleted"] == false && dry["moved"] == 1)
    }
    #expect(try await owner.call("pipeline.get", ["id": .integer(pipeline.id)]) == before)
    #expect(try await company.cardRows(card).version == 1)
    let audit = try await owner.call("audit.list")
    #expect(!audit.texts("method").contains("stage.delete"))
  }
}
