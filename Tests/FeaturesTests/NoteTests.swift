internal import JSON
internal import JSONRPC
internal import Postgres
internal import TestSupport
internal import Testing

@Suite("Notes")
struct NoteTests {
  @Test("Who only looks at cards reads their notes and writes none")
  func onlyLooking() async throws {
    let company = try await TestInstallation.make().company()
    let pipeline = try await company.pipeline("Услуги", stages: [["name": "A"]])
    let contractor = try await company.member(
      "k", .init(pipeline: pipeline.id, actions: ["view"], outcome: "lost"))
    let lost = JSON.integer(try await company.card(in: pipeline.stage("Проиграна")))
    let refused = try await contractor.client.refusal("note.add", ["card": lost, "text": "X"])
    #expect(refused?.kind == "forbidden" && refused?["needs"] == "edit")
    #expect(try await contractor.client.call("note.list", ["card": lost]).items == [])
  }

  @Test("Who works on a card writes and reads its notes, open or closed; others find no card")
  func notes() async throws {
    let company = try await TestInstallation.make().company()
    let pipeline = try await company.pipeline("Услуги", stages: [["name": "A"]])
    let contractor = try await company.member(
      "k", .init(pipeline: pipeline.id, actions: ["view", "edit"], outcome: "lost"))
    let open = try await company.card(in: pipeline.stage("A"))
    let lost = try await company.card(in: pipeline.stage("Проиграна"))
    let text: JSON = "Строка\nвторая"
    let note = try await contractor.client.call("note.add", ["card": .integer(lost), "text": text])
    #expect(note["text"] == text)
    #expect(note["created_by"] == .integer(contractor.id))
    try await company.owner.call("note.add", ["card": .integer(lost), "text": "Ответ"])
    let list = try await contractor.client.call("note.list", ["card": .integer(lost)])
    #expect(list.texts("text") == ["Строка\nвторая", "Ответ"])
    #expect(list.items[0] == note)
    for (method, parameters) in [
      ("note.add", ["card": .integer(open), "text": "X"]),
      ("note.list", ["card": .integer(open)]),
    ] as [(String, JSONObject)] {
      #expect(try await contractor.client.refusal(method, parameters)?.kind == "not_found")
      #expect(try await company.owner.refusal(method, parameters) == nil)
    }
    #expect(try await company.cardRows(lost).version == 1)
  }

  @Test("An archived pipeline's cards take notes")
  func archived() async throws {
    let company = try await TestInstallation.make().company()
    let pipeline = try await company.pipeline("Услуги", stages: [["name": "A"]])
    let card = try await company.card(in: pipeline.stage("A"))
    try await company.owner.call("pipeline.archive", ["id": .integer(pipeline.id)])
    try await company.owner.call("note.add", ["card": .integer(card), "text": "X"])
  }

  @Test("The same key writes one note; pages neither repeat nor leave out")
  func keysAndPages() async throws {
    let company = try await TestInstallation.make().company()
    let pipeline = try await company.pipeline("Услуги", stages: [["name": "A"]])
    let card = JSON.integer(try await company.card(in: pipeline.stage("A")))
    for number in [1, 1, 2, 3] {
      try await company.owner.call(
        "note.add",
        ["card": card, "text": .string("\(number)"), "idempotency_key": .string("k\(number)")])
    }
    var parameters: JSONObject = ["card": card, "limit": 2]
    let first = try await company.owner.call("note.list", parameters)
    #expect(first.texts("text") == ["1", "2"])
    parameters["after"] = first["next"]
    let second = try await company.owner.call("note.list", parameters)
    #expect(second.texts("text") == ["3"])
    #expect(second["next"] == .null)
  }

  @Test("Another company's cards have no notes here")
  func isolation() async throws {
    let installation = try await TestInstallation.make()
    let one = try await installation.company("one")
    let other = try await installation.company("other")
    let pipeline = try await other.pipeline("Услуги", stages: [["name": "A"]])
    let card = JSON.integer(try await other.card(in: pipeline.stage("A")))
    #expect(
      try await one.owner.refusal("note.add", ["card": card, "text": "X"])?.kind == "not_found")
    #expect(try await one.owner.refusal("note.list", ["card": card])?.kind == "not_found")
    try await other.owner.call("note.add", ["card": card, "text": "X"])
  }
}
