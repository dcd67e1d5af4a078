internal import JSON
internal import TestSupport

/// A company with a team, its pipeline, other teams and an outsider, and somebody of one role who asks;
/// for each ownership one of each thing.
///
/// The other teams' cards stand on the team's own pipeline, where only whose they are keeps them apart;
/// their other things belong to a pipeline that only they know.
struct MatrixScene: Sendable {
  let company: TestCompany
  let asker: TestClient
  let things: [Ownership: CompanyThings]
  /// On which the team works.
  let pipeline: Int64
  let team: Int64
  /// Who enters clients and is responsible, by ownership.
  let people: [Ownership: MatrixPerson]

  static func make(for role: MatrixRole) async throws -> MatrixScene {
    let scene = try await IsolationScene.make()
    let floor = try await MatrixFloor.make(scene)
    let asker = try await floor.asker(role)
    let people: [Ownership: MatrixPerson] = [
      .own: asker.person, .colleagues: floor.mate, .otherTeams: floor.stranger,
    ]
    var things: [Ownership: CompanyThings] = [
      .otherTenants: scene.others, .never: .never,
      .deleted: try await MatrixDeletedThings.make(in: scene),
    ]
    for (whose, person) in people {
      var made = scene.own
      made.user = person.id
      made.team = role == .firstLine && whose == .own ? floor.firstLine : floor.team
      made.grant = person.grant
      if whose == .otherTeams {
        made.user = floor.recluse.id
        made.team = floor.recluses
        made.grant = floor.recluse.grant
        made.pipeline = floor.hidden.id
        made.firstStage = floor.hidden.stage("first")
        made.stage = floor.hidden.stage("second")
        made.emptyStage = floor.hidden.stage("empty")
      }
      things[whose] = made
    }
    let matrix = MatrixScene(
      company: scene.company, asker: asker.client, things: things, pipeline: scene.own.pipeline,
      team: floor.team, people: people)
    for (whose, person) in people {
      for thing in MatrixThing.ofClients + [.token] {
        things[whose]?[keyPath: thing.path] = try await matrix.fresh(thing, of: whose)
      }
      // Cards of these clients.
      let client = (things[whose]?.contact, things[whose]?.company)
      things[whose]?.deal = try await matrix.card("deal", person.deals, of: client)
      things[whose]?.lead = try await matrix.card("lead", person.leads, of: client)
      things[whose]?.activity = try await matrix.fresh(.activity, of: whose)
      things[whose]?.lostDeal = try await matrix.fresh(.lostDeal, of: whose)
      things[whose]?.wonDeal = try await matrix.fresh(.wonDeal, of: whose)
      let deal = things[whose]?.deal
      things[whose]?.invoice = try await matrix.invoice(of: deal)
      things[whose]?.lostLead = try await matrix.fresh(.lostLead, of: whose)
    }
    // What makes a list of the recluse's cards show any.
    _ = try await scene.company.owner.call(
      "deal.create",
      [
        "pipeline": .integer(floor.hidden.id), "title": "Hidden",
        "stage": .integer(floor.hidden.stage("second")), "responsible": .integer(floor.recluse.id),
      ])
    for whose in [Ownership.own, .colleagues] {
      _ = try await scene.company.owner.call(
        "deal.create",
        [
          "pipeline": .integer(scene.own.pipeline), "title": "Standing",
          "stage": .integer(scene.own.stage), "responsible": .integer(people[whose]?.deals),
        ])
    }
    return MatrixScene(
      company: scene.company, asker: asker.client, things: things, pipeline: scene.own.pipeline,
      team: floor.team, people: people)
  }

  /// An invoice of a deal.
  func invoice(of deal: Int64?) async throws -> Int64 {
    try await company.owner.call(
      "invoice.create",
      [
        "deal": .integer(deal), "due_at": "2026-07-01",
        "amount": ["amount": "100", "currency": "RUB"],
      ]
    ).id
  }

  /// A card in the team's pipeline or among the leads.
  func card(
    _ kind: String, _ responsible: Int64?,
    of client: (contact: Int64?, company: Int64?) = (nil, nil)
  ) async throws -> Int64 {
    var parameters: JSONObject = ["title": "Card", "responsible": .integer(responsible)]
    if kind == "deal" { parameters["pipeline"] = .integer(pipeline) }
    if let contact = client.contact { parameters["contact"] = .integer(contact) }
    if let company = client.company { parameters["company"] = .integer(company) }
    return try await company.owner.call("\(kind).create", parameters).id
  }
}

extension JSON {
  /// A number, or null.
  static func integer(_ number: Int64?) -> JSON {
    if let number { .integer(number) } else { .null }
  }
}
