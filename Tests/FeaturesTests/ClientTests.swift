internal import JSON
internal import JSONRPC
internal import Postgres
internal import TestSupport
internal import Testing

@Suite("Contacts and companies")
struct ClientTests {
  @Test("A contact is kept as written and found by phone and e-mail however they are written")
  func contact() async throws {
    let company = try await TestInstallation.make().company()
    let client = try await company.owner.call(
      "company.create", ["name": "Ромашка", "fields": ["sector": "retail", "staff": 12]])
    #expect(client["fields"] == ["sector": "retail", "staff": 12])
    let contact = try await company.owner.call(
      "contact.create",
      [
        "name": "Пётр", "phone": "8 (916) 123-45-67", "email": "Petr@Client.EXAMPLE",
        "company": .integer(client.id),
      ])
    #expect(contact["phone"] == "8 (916) 123-45-67")
    #expect(contact["phone_e164"] == "+79161234567")
    #expect(contact["email"] == "Petr@client.example")
    #expect(contact["company"] == .integer(client.id))
    try await company.owner.call("contact.create", ["name": "Павел", "phone": "+7 495 123-45-67"])
    for filter in [
      ["phone": "+7 916 123 45 67"], ["email": "petr@client.example"], ["name": "пёт"],
      ["company": .integer(client.id)],
    ] as [JSONObject] {
      #expect(try await company.owner.call("contact.list", filter).ids == [contact.id])
    }
    #expect(try await company.owner.call("contact.list", ["name": "П"]).items.count == 2)
    let got = try await company.owner.call("contact.get", ["id": .integer(contact.id)])
    var known = try #require(contact.object)
    known["duplicates"] = nil
    #expect(got == .object(known))
  }

  @Test("What is no phone number or address is refused, both at once")
  func refusedContact() async throws {
    let company = try await TestInstallation.make().company()
    let refusal = try await company.owner.refusal(
      "contact.create", ["name": "A", "phone": "12", "email": "anna"])
    #expect(refusal?.kind == "invalid")
    #expect(refusal?["fields"]?.array?.map { $0["path"] } == ["phone", "email"])
    let filter = try await company.owner.refusal("contact.list", ["phone": "abc"])
    #expect(filter?.kind == "invalid")
  }

  @Test("An update leaves what it does not name and clears what is null")
  func update() async throws {
    let company = try await TestInstallation.make().company()
    let contact = try await company.owner.call(
      "contact.create", ["name": "A", "phone": "+79161234567", "email": "a@b.example"])
    let id = JSON.integer(contact.id)
    let after = try await company.owner.call(
      "contact.update", ["id": id, "phone": nil, "name": "B", "if_version": 1])
    #expect(after["phone"] == .null)
    #expect(after["email"] == "a@b.example")
    #expect(after["name"] == "B")
    #expect(try await company.owner.call("contact.list", ["phone": "+79161234567"]).items.isEmpty)
    let stale = try await company.owner.refusal(
      "contact.update", ["id": id, "name": "C", "if_version": 1])
    #expect(stale?["version"] == 2)
    let client = try await company.owner.call(
      "company.create", ["name": "Ромашка", "fields": ["a": 1, "b": "x"]])
    let changed = try await company.owner.call(
      "company.update", ["id": .integer(client.id), "fields": ["a": nil, "c": true]])
    #expect(changed["fields"] == ["b": "x", "c": true])
    #expect(changed["version"] == 2)
  }

  @Test("A member sees clients of cards that are seen and those entered by oneself, and no others")
  func sight() async throws {
    let company = try await TestInstallation.make().company()
    let pipeline = try await company.pipeline("Услуги", stages: [["name": "A"]])
    let stage = pipeline.stage("A")
    let member = try await company.member(
      "boris", .init(pipeline: pipeline.id, actions: ["view", "create", "edit"], cards: "own"))
    let viewer = try await company.member("vera", .init(pipeline: pipeline.id, actions: ["view"]))
    for noun in ["contact", "company"] {
      let create = { (client: TestClient, name: String) in
        try await client.call("\(noun).create", ["name": .string(name)]).id
      }
      let seen = try await create(company.owner, "Виден")
      let hidden = try await create(company.owner, "Скрыт")
      let own = try await create(member.client, "Свой")
      for (client, responsible) in [(seen, member.id), (hidden, nil)] {
        try await company.card(
          in: stage, responsible: responsible, contact: noun == "contact" ? client : nil,
          company: noun == "company" ? client : nil)
      }
      #expect(try await member.client.call("\(noun).list").ids == [seen, own])
      #expect(try await company.owner.call("\(noun).list").ids == [seen, hidden, own])
      for (method, more) in [
        ("get", [:]), ("update", ["name": "X"]), ("delete", [:]),
      ] as [(String, JSONObject)] {
        var parameters = more
        parameters["id"] = .integer(hidden)
        let refusal = try await member.client.refusal("\(noun).\(method)", parameters)
        #expect(refusal?.kind == "not_found", "\(noun).\(method)")
      }
      #expect(
        try await company.owner.call("\(noun).get", ["id": .integer(hidden)])["name"] == "Скрыт")
      // Changed by who may edit a card of it or entered it, not by who only sees it.
      for client in [seen, own] {
        try await member.client.call("\(noun).update", ["id": .integer(client), "name": "Новый"])
      }
      let look: JSONObject = ["id": .integer(seen), "name": "Y"]
      #expect(try await viewer.client.refusal("\(noun).update", look)?["needs"] == "edit")
      #expect(try await viewer.client.refusal("\(noun).create", ["name": "Z"])?.kind == "forbidden")
      #expect(
        try await member.client.refusal("\(noun).delete", ["id": .integer(seen)])?.kind
          == "forbidden")
      try await member.client.call("\(noun).delete", ["id": .integer(own)])
      #expect(try await member.client.call("\(noun).list").ids == [seen])
    }
  }

  @Test("A contact can't be put to a company that is not seen")
  func unseenCompany() async throws {
    let company = try await TestInstallation.make().company()
    let pipeline = try await company.pipeline("Услуги", stages: [["name": "A"]])
    let member = try await company.member(
      "boris", .init(pipeline: pipeline.id, actions: ["view", "create"]))
    let client = try await company.owner.call("company.create", ["name": "Скрыта"])
    let parameters: JSONObject = ["name": "A", "company": .integer(client.id)]
    let hidden = try await member.client.refusal("contact.create", parameters)
    #expect(hidden?.kind == "not_found")
    let absent = try await member.client.refusal("contact.create", ["name": "A", "company": 999])
    #expect(hidden == absent)
    try await company.owner.call("contact.create", parameters)
  }

  @Test("Nothing on which cards or contacts hang is deleted")
  func deletion() async throws {
    let company = try await TestInstallation.make().company()
    let pipeline = try await company.pipeline("Услуги", stages: [["name": "A"]])
    let client = try await company.owner.call("company.create", ["name": "Ромашка"]).id
    let contact = try await company.owner.call(
      "contact.create", ["name": "A", "company": .integer(client)]
    ).id
    try await company.card(in: pipeline.stage("A"), contact: contact)
    let held = try await company.owner.refusal("contact.delete", ["id": .integer(contact)])
    #expect(held?.kind == "conflict")
    #expect(held?["cards"] == 1)
    #expect(
      try await company.owner.refusal("company.delete", ["id": .integer(client)])?.kind
        == "conflict")
    try await company.write(CompanyRows.deleteCards(.integer(company.id)))
    let dry = try await company.owner.call(
      "contact.delete", ["id": .integer(contact), "dry_run": true])
    #expect(dry["deleted"] == false)
    try await company.owner.call("contact.delete", ["id": .integer(contact)])
    try await company.owner.call("company.delete", ["id": .integer(client)])
    #expect(try await company.owner.call("contact.list").items.isEmpty)
  }

  @Test("A member's own contact with cards that are not seen is not deleted either")
  func heldByUnseenCard() async throws {
    let company = try await TestInstallation.make().company()
    let pipeline = try await company.pipeline("Услуги", stages: [["name": "A"]])
    let member = try await company.member(
      "boris", .init(pipeline: pipeline.id, actions: ["create"]))
    let contact = try await member.client.call("contact.create", ["name": "A"]).id
    try await company.card(in: pipeline.stage("A"), contact: contact)
    let refusal = try await member.client.refusal("contact.delete", ["id": .integer(contact)])
    #expect(refusal?.kind == "conflict")
    #expect(refusal?["cards"] == nil)
  }

  @Test("Another company's contacts and companies are not found, nor through filters")
  func isolation() async throws {
    let installation = try await TestInstallation.make()
    let one = try await installation.company("one")
    let other = try await installation.company("other")
    // One of each first, so that the other company's ids are no ids here.
    let contact = try await other.owner.call(
      "contact.create", ["name": "Чужой", "phone": "+79161234567"]
    ).id
    let client = try await other.owner.call("company.create", ["name": "Чужая"]).id
    for (noun, id) in [("contact", contact), ("company", client)] {
      for (method, more) in [
        ("get", [:]), ("update", ["name": "X"]), ("delete", [:]),
      ] as [(String, JSONObject)] {
        var parameters = more
        parameters["id"] = .integer(id)
        #expect(
          try await one.owner.refusal("\(noun).\(method)", parameters)?.kind == "not_found")
        #expect(try await other.owner.refusal("\(noun).\(method)", parameters) == nil)
      }
      #expect(try await one.owner.call("\(noun).list").items.isEmpty)
    }
    let filter: JSONObject = ["phone": "+79161234567"]
    #expect(try await one.owner.call("contact.list", filter).items.isEmpty)
  }
}
