internal import Foundation
internal import JSON
internal import TestSupport
internal import Testing
internal import VoronkaClient

@Suite("An export by the console, brought in again by the console", .timeLimit(.minutes(5)))
struct ExportRoundTripTests {
  /// What may not survive: ids of another company, and moments of what the import does not tell.
  private static let own: Set<String> = [
    "id", "pipeline", "company_id", "responsible_id", "contact_id", "stage_entered_at",
    "touched_at",
    "repeat", "based_on",
  ]

  @Test("Gives the same values, those that a spreadsheet would run among them")
  func roundTrip() async throws {
    let server = try await SharedServer.get()
    let from = try await WireCompany.make("export-from", on: server)
    let to = try await WireCompany.make("export-to", on: server)
    try await Self.makeFields(from)
    try await Self.makeFields(to)
    try await Self.fill(from)
    let folder = try ServerFolder()
    _ = try await Self.console(
      ["export", "deals", "--file", folder.path + "/deals.csv", "--output", "csv"], from)
    let imported = try await Self.console(
      ["import", folder.path, "--yes", "--pipeline", "Stream"], to)
    #expect(imported.contains(#""deal":{"accepted":7"#), "\(imported)")
    let before = try await Self.rows(from)
    let after = try await Self.rows(to)
    #expect(before.count == 7 && before == after)
    let text = try String(contentsOfFile: folder.path + "/deals.csv", encoding: .utf8)
    #expect(text.contains("'=HYPERLINK") && !text.contains(",=HYPERLINK"))
  }

  private static func makeFields(_ company: WireCompany) async throws {
    for (key, type) in [
      ("note", "text"), ("size", "number"), ("budget", "money"), ("tags", "multi_choice"),
      ("vip", "boolean"), ("visit", "date"), ("called", "phone"),
    ] {
      var field: JSONObject = [
        "for": "deal", "key": .string(key), "name": .string(key), "type": .string(type),
      ]
      if type == "multi_choice" { field["choices"] = ["a b", "=c", "d"] }
      _ = try await company.owner.call("field.create", .object(field))
    }
  }

  private static func fill(_ company: WireCompany) async throws {
    let owner = company.owner
    let titles = [
      "=HYPERLINK(\"http://x\",\"y\")", "'=quoted", "+7 916 123-45-67", "-5", "@all",
      "'tis, \"so\"",
      "ordinary",
    ]
    let client = try await owner.call("company.create", ["name": "=Ромашка"])
    var last: JSON = .null
    for (number, title) in titles.enumerated() {
      let deal = try await owner.call(
        "deal.create",
        [
          "pipeline": .integer(company.pipeline), "title": .string(title), "source": "+site",
          "amount": ["amount": .string("\(number).50"), "currency": "USD"],
          "company": client["id"] ?? .null,
          "contact": [
            "name": .string("-Client \(number)"), "phone": .string("+7 916 123-45-1\(number)"),
            "email": .string("c\(number)@client.example"),
          ],
          "fields": [
            "note": "-1+2\n=two lines", "size": 12.5,
            "budget": ["amount": "9.00", "currency": "USD"],
            "tags": ["a b", "=c"], "vip": true, "visit": "2026-01-02", "called": "+7 916 123-45-67",
          ],
        ])
      last = deal["id"] ?? .null
    }
    let reason = try await owner.call("reason.create", ["kind": "loss", "name": "=Дорого"])
    _ = try await owner.call(
      "deal.lose", ["id": last, "reason": reason["id"] ?? .null, "comment": "@because\n-of it"])
  }

  /// The rows as the console's JSON gives them, without what is a company's own, in order of titles.
  private static func rows(_ company: WireCompany) async throws -> [String] {
    let text = try await console(["export", "deals", "--output", "json"], company)
    return try text.split(separator: "\n").map { line in
      let object = try JSONReader().read(String(line)).object ?? [:]
      let kept = object.members.filter { !own.contains($0.name) }
        .sorted { $0.name < $1.name }
      return JSON.object(JSONObject(kept.map { ($0.name, $0.value) })).description
    }.sorted()
  }

  private static func console(_ arguments: [String], _ company: WireCompany) async throws -> String
  {
    let home = try ServerFolder()
    let outcome = try await Program.run(
      "voronka", arguments.contains("--output") ? arguments : arguments + ["--output", "json"],
      environment: [
        "XDG_CONFIG_HOME": home.path, "HOME": home.path, "VORONKA_TOKEN": company.token,
        "VORONKA_SERVER": try company.server.address().description,
      ], folder: home.path)
    #expect(outcome.status == .exited(0), "\(outcome.errors)")
    return outcome.output
  }
}
