internal import JSON
internal import TestSupport

/// A thing that a call may use up, so that each call needs another one.
enum MatrixThing: CaseIterable, Sendable {
  case deal, lostDeal, wonDeal, lead, lostLead, contact, idleContact, company, idleCompany
  case field, lossReason, winReason, product, user, team, childTeam, token, grant, importRecord,
    invoice, activity, contactStatus, activityType

  static let ofClients: [MatrixThing] = [.company, .idleCompany, .contact, .idleContact]

  /// Those that methods of a noun use up.
  static func usedUp(by noun: Substring) -> [MatrixThing] {
    switch noun {
    case "deal", "lead": [.deal, .lostDeal, .wonDeal, .lead, .lostLead]
    case "contact", "company": ofClients
    case "field": [.field]
    case "reason": [.lossReason, .winReason]
    case "product": [.product]
    case "user": [.user]
    case "team": [.team, .childTeam, .user]
    case "token": [.token]
    case "import": [.importRecord]
    case "invoice": [.invoice]
    case "activity": [.activity]
    case "contact_status": [.contactStatus]
    case "activity_type": [.activityType]
    default: []
    }
  }

  var path: any WritableKeyPath<CompanyThings, Int64> & Sendable {
    switch self {
    case .deal: \.deal
    case .lostDeal: \.lostDeal
    case .wonDeal: \.wonDeal
    case .lead: \.lead
    case .lostLead: \.lostLead
    case .contact: \.contact
    case .idleContact: \.idleContact
    case .company: \.company
    case .idleCompany: \.idleCompany
    case .field: \.field
    case .lossReason: \.lossReason
    case .winReason: \.winReason
    case .product: \.product
    case .user: \.user
    case .team: \.team
    case .childTeam: \.childTeam
    case .token: \.token
    case .grant: \.grant
    case .importRecord: \.importRecord
    case .invoice: \.invoice
    case .activity: \.activity
    case .contactStatus: \.contactStatus
    case .activityType: \.activityType
    }
  }
}

extension MatrixScene {
  /// Another one of a thing, of whom it is to be.
  func fresh(_ thing: MatrixThing, of whose: Ownership) async throws -> Int64 {
    let person = people[whose] ?? people[.own]
    let owner = company.owner
    let text = JSON.string("Fresh \(FreshNumber.next())")
    let id = { (method: String, parameters: JSONObject) in
      try await owner.call(method, parameters).id
    }
    // An outsider enters nobody.
    let entered = { (method: String) async throws -> Int64 in
      guard let person, try await person.client.refusal("contact.create", ["name": "Try"]) == nil
      else { return try await id(method, ["name": text]) }
      return try await person.client.call(method, ["name": text]).id
    }
    switch thing {
    case .deal: return try await card("deal", person?.deals)
    case .lead: return try await card("lead", person?.leads)
    case .lostDeal, .lostLead:
      let kind = thing == .lostDeal ? "deal" : "lead"
      let card = try await card(kind, kind == "deal" ? person?.deals : person?.leads)
      return try await id(
        "\(kind).lose",
        [
          "id": .integer(card), "reason": .integer(things[.own]?.lossReason),
          "comment": "Because",
        ])
    case .wonDeal:
      return try await id(
        "deal.win",
        [
          "id": .integer(try await card("deal", person?.deals)),
          "reason": .integer(things[.own]?.winReason),
        ])
    case .idleContact: return try await entered("contact.create")
    case .idleCompany: return try await entered("company.create")
    case .contact:
      let contact = try await entered("contact.create")
      _ = try await card("deal", person?.deals, of: (contact, nil))
      return contact
    case .company:
      let client = try await entered("company.create")
      _ = try await card("deal", person?.deals, of: (nil, client))
      return client
    case .field:
      return try await id(
        "field.create",
        [
          "for": "deal", "key": .string("key_\(FreshNumber.next())"), "name": text,
          "type": "text",
        ])
    case .lossReason: return try await id("reason.create", ["kind": "loss", "name": text])
    case .winReason: return try await id("reason.create", ["kind": "win", "name": text])
    case .contactStatus: return try await id("contact_status.create", ["name": text])
    case .activityType:
      return try await id("activity_type.create", ["name": text, "base": "task"])
    case .product: return try await id("product.create", ["name": text])
    case .user: return try await newcomer()
    case .team, .childTeam:
      return try await id("team.create", ["name": text, "kind": "other"])
    case .token:
      return try await (person?.client ?? owner).call("token.create", ["name": text]).id
    case .grant:
      return try await MatrixFloor.give(
        owner, pipeline, ["user": .integer(try await newcomer())], ["view"])
    case .importRecord:
      return try await id("import.begin", ["source": text, "kinds": ["company"]])
    case .invoice: return try await invoice(of: try await card("deal", person?.deals))
    case .activity:
      return try await id(
        "activity.plan",
        [
          "card": .integer(try await card("deal", person?.deals)), "type": "call",
          "due_at": "2030-01-01T00:00:00Z",
        ])
    }
  }

  private func newcomer() async throws -> Int64 {
    try await company.owner.call(
      "user.create",
      [
        "email": .string("new\(FreshNumber.next())@alpha.example"), "name": "New",
        "password": .string(TestCompany.password), "teams": [.integer(team)],
      ]
    ).id
  }

  /// A pipeline with its stages, as much of it as cases name.
  func freshPipeline(into things: inout CompanyThings) async throws {
    let names = ["first", "second", "empty"]
    let pipeline = try await company.pipeline(
      "Fresh \(FreshNumber.next())", stages: .array(names.map { ["name": .string($0)] }))
    let empty = try await company.pipeline(
      "Fresh \(FreshNumber.next())", stages: [["name": "only"]])
    things.pipeline = pipeline.id
    things.firstStage = pipeline.stage("first")
    things.stage = pipeline.stage("second")
    things.emptyStage = pipeline.stage("empty")
    things.emptyPipeline = empty.id
  }
}
