extension MatrixTable {
  /// Somebody who is to be responsible for a card of the pipeline has to see it.
  private static let responsible: Rule = { role, whose in
    guard users(role, whose).contains("view") else { return .absent }
    if whose == .otherTeams { return .refused }
    return role == .firstLine && whose == .own ? .refused : .allowed
  }

  /// What a lead assigns goes to those they lead, and to nobody else.
  private static let assigning: Rule = { role, whose in
    if role == .lead { return whose.isNear ? .allowed : .shut("assign") }
    return naming(responsible, afterOwn: needs("assign", on: deals))(role, whose)
  }

  private static let stageInSight: Rule = fitting { role, whose in
    whose.isNear ? .allowed : .absent
  }

  /// A list of deals by pipeline.
  private static let dealPlaces: Rule = { role, whose in
    if role == .operator { return .shut("user") }
    let held = pipelines(role, whose)
    return held.isEmpty ? .hidden : held.contains("view") ? .shown : .empty
  }

  private static let openDealsOfStage: Rule = filter { role, whose in
    role != .contractor && pipelines(role, whose).contains("view")
  } isKnown: { role, whose in
    // Who only creates is told nothing of stages.
    pipelines(role, whose).contains("view")
  }

  /// A list of leads by a pipeline of deals, which is none of theirs.
  private static let leadPlaces: Rule = { role, whose in
    if role == .operator { return .shut("user") }
    return pipelines(role, whose).isEmpty ? .hidden : .refused
  }

  /// It names no pipeline: there is always the one for leads.
  private static let creatingLeads: Rule = { role, whose in
    if role == .operator { return .shut("user") }
    return role.holdsEverything || role == .firstLine ? .allowed : .shut("create")
  }

  private static func seen(_ held: @escaping Holding) -> Rule {
    { role, whose in held(role, whose).contains("view") ? .allowed : .absent }
  }

  static func cardRules(
    of kind: String, _ cards: @escaping Holding, lost: @escaping Holding
  ) -> [String: [Rule]] {
    let isDeal = kind == "deal"
    let step = { (action: String) in needs(action, on: cards) }
    let creating = isDeal ? onPipeline("create") : creatingLeads
    let shows = { (held: @escaping Holding) in
      filter { role, whose in held(role, whose).contains("view") }
    }
    let ofResponsible: Rule = filter { role, whose in
      guard isDeal else {
        return whose == .own && (role.holdsEverything || role == .firstLine)
      }
      if role == .contractor { return whose == .colleagues }
      return cards(role, whose).contains("view")
    } isKnown: { role, whose in
      users(role, whose).contains("view")
    }
    let places = isDeal ? dealPlaces : leadPlaces
    return [
      "\(kind).create": isDeal
        ? [
          creating, naming(stageInSight, afterOwn: creating),
          naming(seen(clientsOfCards), afterOwn: creating),
          naming(seen(clientsOfCards), afterOwn: creating),
          naming(responsible, afterOwn: creating),
        ]
        : [
          naming(seen(clientsOfCards), afterOwn: creating),
          naming(seen(clientsOfCards), afterOwn: creating),
        ],
      "\(kind).get": [step("view")],
      "\(kind).list": [
        ofResponsible, shows(cards), shows(cards), member, member, places,
        // Open deals stand in the stage, lost ones do not.
        isDeal ? openDealsOfStage : places, withStatus,
      ],
      "\(kind).update": [
        step("edit"), naming(seen(idleClients), afterOwn: step("edit")),
        naming(seen(idleClients), afterOwn: step("edit")), ofCompany(step("edit")),
      ],
      "\(kind).assign": isDeal
        ? [step("assign"), assigning] : [step("assign")],
      "\(kind).move": isDeal
        ? [step("move"), naming(stageInSight, afterOwn: step("move"))] : [step("move")],
      "\(kind).lose": closing(step("close")),
      "\(kind).invalidate": closing(step("close")),
      "\(kind).reopen": [needs("close", on: lost), ofCompany(needs("close", on: lost))],
      "\(kind).history": [step("view")],
    ]
  }

  /// Reasons are the whole company's.
  private static func closing(_ step: @escaping Rule) -> [Rule] {
    [step, ofCompany(step)]
  }

  /// A step that names something of the whole company's, such as a reason or a last-contact status.
  private static func ofCompany(_ step: @escaping Rule) -> Rule {
    naming({ _, whose in whose.isHere ? .allowed : .absent }, afterOwn: step)
  }

  /// A list of the cards that tell of a status of the company's.
  private static let withStatus: Rule = { role, whose in
    if role == .operator { return .shut("user") }
    return whose.isHere ? .allowed : .absent
  }

  /// Who is to do something for a card that remains the asker's has to see it: the team sees that of its own.
  private static let helper: Rule = { role, whose in
    guard users(role, whose).contains("view") else { return .absent }
    if whose == .own { return .allowed }
    return whose == .otherTeams || role.holdsEverything ? .refused : .allowed
  }

  /// One's own day, as an admin anybody's, as a lead that of those one leads.
  private static let dayOfOthers: Rule = { role, whose in
    if role == .operator { return .shut("user") }
    guard users(role, whose).contains("view") else { return .absent }
    if whose == .own || role.holdsEverything || role == .lead { return .allowed }
    return .forbidden("admin")
  }

  private static let deal = { @Sendable (action: String) in needs(action, on: deals) }

  static let moreOfCards: [String: [Rule]] = [
    "lead.convert": [
      needs("close", on: leads), naming(onPipeline("create"), afterOwn: needs("close", on: leads)),
      naming(stageInSight, afterOwn: needs("close", on: leads)),
      naming(responsible, afterOwn: needs("close", on: leads)),
    ],
    "deal.copy": [
      deal("close"), naming(onPipeline("create"), afterOwn: deal("close")),
      naming({ _, whose in whose.isHere ? .allowed : .absent }, afterOwn: deal("close")),
    ],
    // Whoever sees the card may ask; what stands in the way is the answer.
    "card.can_enter": [
      deal("view"), needs("view", on: leads), deal("view"),
      naming(
        { role, whose in
          whose.isNear || (role.holdsEverything && whose.isHere) ? .allowed : .absent
        }, afterOwn: deal("view")),
      naming(
        { role, whose in pipelines(role, whose).isEmpty ? .absent : .allowed },
        afterOwn: needs("view", on: leads)),
      naming({ _, whose in whose.isHere ? .allowed : .absent }, afterOwn: deal("view")),
    ],
    "card.pause": [deal("edit"), needs("edit", on: leads)],
    "card.resume": [deal("edit"), needs("edit", on: leads)],
    "deal.win": closing(deal("close")),
    "deal.delete": [deal("delete"), deal("delete")],
    "deal.set_lines": [
      deal("edit"),
      naming({ _, whose in whose.isHere ? .allowed : .absent }, afterOwn: deal("edit")),
    ],
    "invoice.create": [deal("edit")],
    "invoice.get": [deal("view")],
    "invoice.list": [
      filter { role, whose in deals(role, whose).contains("view") }, member, member,
    ],
    "invoice.update": [deal("edit")],
    "invoice.cancel": [deal("edit")],
    "invoice.pay": [deal("edit")],
    "deal.board": [
      onPipeline("view"), naming(seen(users), afterOwn: onPipeline("view")),
      naming({ _, _ in .allowed }, afterOwn: onPipeline("view")),
    ],
    "note.add": [deal("edit")],
    "note.list": [deal("view"), needs("view", on: leads)],
    "activity.plan": [
      deal("edit"), ofCompany(deal("edit")), naming(helper, afterOwn: deal("edit")),
    ],
    "activity.list": [deal("view"), needs("view", on: leads)],
    "activity.get": [deal("view")],
    "activity.update": [deal("edit"), naming(helper, afterOwn: deal("edit"))],
    "activity.complete": [deal("edit"), ofCompany(deal("edit"))],
    "activity.cancel": [deal("edit")],
    "activity.missed_call": [deal("edit"), ofCompany(deal("edit"))],
    "activity.call_back": [deal("edit")],
    "activity.record_incoming": [deal("edit")],
    "activity.my_day": [member, dayOfOthers],
    "report.funnel": [
      onPipeline("view"), naming(seen(teams), afterOwn: onPipeline("view")),
      naming(seen(users), afterOwn: onPipeline("view")),
    ],
  ]

  static let clients: [String: [Rule]] = {
    let author: Rule = { role, _ in
      switch role {
      case .operator: .shut("user")
      case .contractor: .shut("create")
      default: .allowed
      }
    }
    let own = needs("edit", on: idleClients)
    return [
      "contact.create": [
        { role, whose in
          author(role, whose) == .allowed ? seen(clientsOfCards)(role, whose) : author(role, whose)
        }, author,
      ],
      "contact.get": [needs("view", on: clientsOfCards)],
      "contact.list": [
        filter { role, whose in clientsOfCards(role, whose).contains("view") }, member, member,
      ],
      "contact.update": [
        needs("edit", on: clientsOfCards), naming(seen(clientsOfCards), afterOwn: own),
      ],
      "contact.delete": [needs("delete", on: idleClients)],
      "contact.erase": [admin, admin],
      "contact.duplicates": [needs("view", on: clientsOfCards), member],
      "contact.merge": [
        needs("edit", on: clientsOfCards),
        naming(needs("edit", on: idleClients), afterOwn: needs("edit", on: clientsOfCards)),
      ],
      "company.duplicates": [needs("view", on: clientsOfCards), member],
      "company.merge": [
        needs("edit", on: clientsOfCards),
        naming(needs("edit", on: idleClients), afterOwn: needs("edit", on: clientsOfCards)),
      ],
      "company.create": [author],
      "company.get": [needs("view", on: clientsOfCards)],
      "company.list": [member, member],
      "company.update": [needs("edit", on: clientsOfCards)],
      "company.delete": [needs("delete", on: idleClients)],
      "product.create": [admin],
      "product.list": [member],
      "product.update": [admin],
    ]
  }()
}
