internal import JSON
internal import JSONRPC
internal import Postgres
internal import TestSupport
internal import Testing

/// `contact.erase`: a client's data are gone from everywhere, and what is counted stays.
@Suite("Erasure of a contact")
struct ContactErasureTests {
  private static let values = [
    "Феофилакт", "Звездопадов", "feofilakt@client.example", "+7 916 765-43-21", "9167654321",
    "916 765 43 21",
  ]

  private struct Scene {
    let company: TestCompany
    let contact: Int64
    let deal: Int64
  }

  /// A client whose data stand in every place where they can.
  private func scene() async throws -> Scene {
    let company = try await TestInstallation.make().company()
    let pipeline = try await company.pipeline("Sales", stages: [["name": "A"], ["name": "B"]])
    try await company.owner.call(
      "field.create", ["for": "deal", "key": "who", "name": "Who", "type": "text"])
    let reason = try await company.owner.call("reason.create", ["kind": "loss", "name": "Дорого"])
    let contact = try await company.owner.call(
      "contact.create",
      [
        "name": "Феофилакт Звездопадов", "phone": "+7 916 765-43-21",
        "email": "Feofilakt@client.example", "idempotency_key": "contact",
      ])
    let deal = try await company.owner.call(
      "deal.create",
      [
        "pipeline": .integer(pipeline.id), "title": "Кухня, Звездопадов",
        "contact": .integer(contact.id), "amount": ["amount": "1000.00", "currency": "RUB"],
        "source": "звонок 8 (916) 765-43-21", "fields": ["who": "Феофилакт"],
        "idempotency_key": "deal",
      ])
    try await company.owner.call(
      "note.add",
      ["card": .integer(deal.id), "text": "ФЕОФИЛАКТ просит звонить на 916 765 43 21 вечером"])
    try await company.owner.call(
      "activity.plan",
      [
        "card": .integer(deal.id), "type": "call", "due_at": "2030-01-01T00:00:00Z",
        "subject": "Позвонить: Звездопадов, 8 916 765-43-21", "idempotency_key": "activity",
      ])
    try await company.owner.call(
      "card.pause",
      [
        "id": .integer(deal.id), "until": "2026-07-01",
        "reason": "Звездопадов в отпуске, 8 916 765-43-21", "idempotency_key": "pause",
      ])
    try await company.owner.call(
      "deal.move", ["id": .integer(deal.id), "stage": .integer(pipeline.stage("B"))])
    try await company.owner.call(
      "deal.lose",
      [
        "id": .integer(deal.id), "reason": .integer(reason.id),
        "comment": "Звездопадов передумал, feofilakt@client.example",
      ])
    // The number stands on another client's card as well.
    try await company.owner.call(
      "deal.create",
      ["pipeline": .integer(pipeline.id), "title": "Шкаф", "source": "от +79167654321"])
    return Scene(company: company, contact: contact.id, deal: deal.id)
  }

  /// Where a text stands: every table of the schema, every column.
  private func places(_ text: String, _ company: TestCompany) async throws -> [String] {
    let database = company.installation.database
    return try await database.connected(as: database.superuser) { connection in
      _ = try await connection.executeScript(
        """
        create or replace function pg_temp.places(needle text) returns setof text language plpgsql as $$
        declare
          place record;
          found bigint;
        begin
          for place in
            select relname, attname
            from pg_class
            join pg_attribute on attrelid = pg_class.oid
            where relnamespace = 'voronka'::regnamespace
              and relkind in ('r', 'p')
              and attnum > 0
              and not attisdropped
          loop
            execute format('select count(*) from voronka.%I where strpos(lower(%I::text), lower($1)) > 0',
              place.relname, place.attname) into found using needle;
            if found > 0 then
              return next place.relname || '.' || place.attname;
            end if;
          end loop;
        end
        $$
        """)
      return try await connection.execute([
        Statement("select p from pg_temp.places($1::text) p order by p")(.text(text))
      ])[0].map { try $0.string(0) }
    }
  }

  @Test("Nothing of a client is left in any column of any table, and the counts are what they were")
  func everywhere() async throws {
    let scene = try await scene()
    let company = scene.company
    // Control: it stands in many places.
    let before = try await places("Звездопадов", company)
    #expect(
      Set(["audit.after", "audit.before", "card.title", "card.comment", "contact.name"])
        .isSubset(of: before))
    #expect(try await places("9167654321", company).contains("idempotency.answer"))
    let counts = try await company.owner.call("deal.list", ["limit": 500]).items.map {
      [$0["amount"], $0["stage"], $0["outcome"], $0["contact"]]
    }
    let told = try await company.owner.call(
      "contact.erase", ["id": .integer(scene.contact), "dry_run": true])
    #expect(told["erased"] == false && told["dry_run"] == true)
    #expect(told["cards"] == 2 && told["notes"] == 1 && told["activities"] == 1)
    #expect(told["pauses"] == 1)
    #expect(try await places("Звездопадов", company) == before)
    let erased = try await company.owner.call("contact.erase", ["id": .integer(scene.contact)])
    #expect(erased["erased"] == true)
    for member in ["cards", "notes", "activities", "pauses", "history", "audit", "answers"] {
      #expect(erased[member] == told[member], "\(member)")
    }
    for value in Self.values {
      #expect(try await places(value, company) == [], "\(value)")
    }
    #expect(
      try await company.owner.call("deal.list", ["limit": 500]).items.map {
        [$0["amount"], $0["stage"], $0["outcome"], $0["contact"]]
      } == counts)
    let note = try await company.owner.call("note.list", ["card": .integer(scene.deal)]).items[0]
    #expect(note["text"] == "[стёрто] просит звонить на [стёрто] вечером")
    #expect(
      try await company.owner.call("contact.get", ["id": .integer(scene.contact)])["name"]
        == "[стёрто]")
  }

  @Test("The audit verifies after an erasure, tells who erased, and finds who only says so")
  func verification() async throws {
    let scene = try await scene()
    let company = scene.company
    try await company.sealAudit()
    try await company.owner.call("contact.erase", ["id": .integer(scene.contact)])
    let result = try await company.owner.call("audit.verify")
    #expect(result["ok"] == true && result["erased"]?.int64 ?? 0 > 4)
    let row = try #require(try await company.audit(["method": "contact.erase"]).first)
    #expect(row["subject"] == .integer(scene.contact) && row["before"] == .null)
    let moved = try #require(try await company.audit(["method": "deal.move"]).first)
    #expect(moved["after"] == .null && moved["erased_at"]?.string != nil)
    // Whoever has no key can't pass a payload off as erased.
    try await company.query(
      Statement(
        """
        update audit a
        set after = null, after_digest = e.after_digest, erased_at = e.erased_at,
          erasure_key_id = e.erasure_key_id, erasure_mac = e.erasure_mac
        from audit e
        where a.tenant_id = $1::bigint
          and e.tenant_id = $1::bigint
          and a.method = 'field.create'
          and e.method = 'deal.move'
        """), .integer(company.id))
    #expect(try await company.auditFindings() == ["row_altered"])
  }

  @Test("With notes, what notes say in other words goes too; other clients' texts stay")
  func wholeNotes() async throws {
    let scene = try await scene()
    let owner = scene.company.owner
    let other = try await owner.call("contact.create", ["name": "Феофилакт Иванов"])
    let deals = try await owner.call("deal.list").items
    let pipeline = deals[0]["pipeline"] ?? .null
    let deal = try await owner.call(
      "deal.create",
      ["pipeline": pipeline, "title": "Феофилакт Иванов, стол", "contact": .integer(other.id)])
    try await owner.call("note.add", ["card": .integer(deal.id), "text": "Феофилакт согласен"])
    try await owner.call("contact.erase", ["id": .integer(scene.contact), "notes": true])
    let note = try await owner.call("note.list", ["card": .integer(scene.deal)]).items[0]
    #expect(note["text"] == "[стёрто]")
    #expect(
      try await owner.call("deal.get", ["id": .integer(deal.id)])["title"]
        == "Феофилакт Иванов, стол")
    #expect(
      try await owner.call("note.list", ["card": .integer(deal.id)]).items[0]["text"]
        == "Феофилакт согласен")
  }

  @Test("Only admins erase, only their own company's, and further contacts of the person are named")
  func rights() async throws {
    let scene = try await scene()
    let member = try await scene.company.user("boris")
    let request: JSONObject = ["id": .integer(scene.contact)]
    #expect(try await member.client.refusal("contact.erase", request)?.kind == "forbidden")
    let other = try await scene.company.installation.company("other")
    #expect(try await other.owner.refusal("contact.erase", request)?.kind == "not_found")
    let double = try await scene.company.owner.call(
      "contact.create", ["name": "Ф. З.", "email": "feofilakt@CLIENT.example"])
    let erased = try await scene.company.owner.call("contact.erase", request)
    #expect(erased["others"] == [.integer(double.id)])
  }
}
