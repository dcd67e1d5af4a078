internal import JSON
internal import JSONRPC
internal import TestSupport
internal import Testing

@Suite("Names that nobody could see, and names that disturb others")
struct NameTests {
  private static let unseen: JSON = "\u{200B}\u{FEFF}\u{2060}\u{3164}\u{200E}\u{AD} "
  private static let turning: JSON = "Кухня\u{202E}ьлаз"

  @Test("They are refused wherever something is given a name")
  func refused() async throws {
    let installation = try await TestInstallation.make()
    let company = try await installation.company()
    let things = try await CompanyThings.make(in: company, mark: "Alpha")
    let id = { (thing: Int64) -> JSONObject in ["id": .integer(thing)] }
    let named: [(method: String, member: String, others: JSONObject)] = [
      ("user.create", "name", ["email": "c@mebel.example", "password": "long enough"]),
      ("user.update", "name", id(things.user)), ("team.create", "name", ["kind": "senior"]),
      ("team.update", "name", id(things.team)), ("settings.update", "name", [:]),
      ("pipeline.create", "name", ["kind": "deal"]),
      ("pipeline.update", "name", id(things.pipeline)),
      ("stage.create", "name", ["pipeline": .integer(things.pipeline)]),
      ("stage.update", "name", id(things.stage)), ("reason.create", "name", ["kind": "loss"]),
      ("reason.update", "name", id(things.lossReason)), ("contact_status.create", "name", [:]),
      ("activity_type.create", "name", ["base": "call"]),
      ("activity_type.update", "name", id(things.activityType)),
      ("contact_status.update", "name", id(things.contactStatus)),
      ("field.create", "name", ["for": "deal", "key": "k", "type": "text"]),
      ("field.update", "name", id(things.field)), ("product.create", "name", [:]),
      ("product.update", "name", id(things.product)), ("contact.create", "name", [:]),
      ("contact.update", "name", id(things.contact)), ("company.create", "name", [:]),
      ("company.update", "name", id(things.company)),
      ("deal.create", "title", ["pipeline": .integer(things.pipeline)]),
      ("deal.update", "title", id(things.deal)), ("lead.create", "title", [:]),
      ("lead.update", "title", id(things.lead)), ("deal.update", "source", id(things.deal)),
      ("import.begin", "source", ["kinds": ["company"]]),
      ("note.add", "text", ["card": .integer(things.deal)]),
    ]
    for (method, member, others) in named {
      for name in method == "note.add" ? [Self.unseen] : [Self.unseen, Self.turning] {
        var parameters = others
        parameters[member] = name
        let refusal = try await company.owner.refusal(method, parameters)
        #expect(refusal?.kind == "invalid_params", "\(method)")
        #expect(refusal?.problemPaths == [member], "\(method)")
      }
    }
    for (method, others) in [
      ("plan.create", ["code": "p"]), ("plan.update", ["code": .string(things.plan)]),
      ("tenant.update", ["tenant": .string(things.slug)]),
    ] as [(String, JSONObject)] {
      var parameters = others
      parameters["name"] = Self.unseen
      let refusal = try await company.operatorClient.refusal(method, parameters)
      #expect(refusal?.problemPaths == ["name"], "\(method)")
    }
    let slug = try await company.operatorClient.refusal(
      "tenant.create",
      [
        "slug": "a\u{200B}b", "name": "N", "plan": .string(things.plan),
        "admin": ["email": "a@b.example", "name": Self.unseen, "password": "long enough"],
      ])
    #expect(slug?.problemPaths.contains("admin.name") == true)
  }

  @Test("Joiners stay: in Persian words and families of emoji")
  func taken() async throws {
    let company = try await TestInstallation.make().company()
    for name in ["می\u{200C}خواهم", "👨\u{200D}👩\u{200D}👧", "Ё", "日本", "1", "-"] {
      let made = try await company.owner.call("product.create", ["name": .string(name)])
      #expect(made["name"] == .string(name))
    }
  }

  @Test("A comment in which nothing is to be seen is none")
  func comment() async throws {
    let company = try await TestInstallation.make().company()
    try await company.owner.call("settings.update", ["require_loss_comment": true])
    let pipeline = try await company.pipeline("Услуги", stages: [["name": "A"]])
    let deal = try await company.owner.call(
      "deal.create", ["pipeline": .integer(pipeline.id), "title": "Кухня"])
    let refusal = try await company.owner.refusal(
      "deal.lose", ["id": .integer(deal.id), "comment": "\u{200B}\u{2060}"])
    #expect(refusal?.kind == "stage_rule")
  }

  @Test("Rows of an import are held to the same; marks around a copied number are left away")
  func imported() async throws {
    let imported = try await ImportedCompany.make()
    let unseen = try await imported.send(
      "company",
      [
        ["external_id": "1", "name": Self.unseen], ["external_id": "2", "name": Self.turning],
        ["external_id": "3", "name": "Рога"],
      ])
    #expect(unseen["accepted"] == 1)
    #expect(unseen["rejected"]?.array?.compactMap { $0["line"]?.int64 } == [2, 3])
    let deals = try await imported.send(
      "deal",
      [
        ["external_id": "1", "title": Self.unseen, "stage": "A"],
        [
          "external_id": "2", "title": "Кухня", "stage": "A",
          "contact": ["name": "Пётр", "phone": "\u{202A}+7 916 123-45-67\u{202C}"],
        ],
      ])
    #expect(deals["accepted"] == 1)
    let contacts = try await imported.company.owner.call(
      "contact.list", ["phone": "+79161234567"])
    #expect(contacts.texts("phone") == ["+7 916 123-45-67"])
  }
}
