internal import JSON

/// Every method of the server with all the ways to name somebody else's things to it. A method that is
/// not here fails the test.
enum IsolationCases {
  static let all: [String: [IsolationCase]] = cards("lead", \.lead, lost: \.lostLead)
    .merging(cards("deal", \.deal, lost: \.lostDeal)) { $1 }
    .merging(moreOfCards) { $1 }.merging(activities) { $1 }.merging(clients) { $1 }.merging(design)
  { $1 }
    .merging(people) { $1 }.merging(company) { $1 }.merging(catalogue) { $1 }
    .merging(open) { $1 }.merging(sold) { $1 }

  private typealias Thing = any KeyPath<CompanyThings, Int64> & Sendable

  private static func cards(
    _ kind: String, _ card: Thing, lost: Thing
  ) -> [String: [IsolationCase]] {
    let deal = kind == "deal"
    let title: JSONObject = ["title": "New"]
    let create: [IsolationCase] =
      deal
      ? [
        .of("pipeline", \.pipeline, title),
        .of("stage", \.stage, own: "pipeline", \.pipeline, title),
        .of("contact", \.contact, own: "pipeline", \.pipeline, title),
        .of("company", \.company, own: "pipeline", \.pipeline, title),
        .of("responsible", \.user, own: "pipeline", \.pipeline, title),
      ] : [.of("contact", \.contact, title), .of("company", \.company, title)]
    // Where deals stand, no lead does.
    let places: [IsolationCase] = [.of("pipeline", \.pipeline), .of("stage", \.stage)]
    let closing: JSONObject = ["comment": "Because"]
    let moves: [IsolationCase] =
      [.of("id", card, own: "stage", deal ? \.stage : \.leadStage, usesUp: true)]
      + (deal ? [.of("stage", \.stage, own: "id", card, usesUp: true)] : [])
    return [
      "\(kind).create": create,
      "\(kind).get": [.of("id", card)],
      "\(kind).list": [
        .of("responsible", \.user), .of("contact", \.contact), .of("company", \.company),
        .plain(["outcome": "lost"]), .plain(["order": "oldest", "limit": 500]),
      ] + places.map { deal ? $0 : $0.refusedAnyway } + [.of("last_contact", \.contactStatus)],
      "\(kind).update": [
        .of("id", card, ["title": "Changed"], usesUp: true),
        .of("contact", \.idleContact, own: "id", card, usesUp: true),
        .of("company", \.idleCompany, own: "id", card, usesUp: true),
        .of("last_contact", \.contactStatus, own: "id", card, usesUp: true),
      ],
      "\(kind).assign": deal
        ? [
          .of("id", card, own: "responsible", \.user, usesUp: true),
          .of("responsible", \.user, own: "id", card, usesUp: true),
        ] : [.of("id", card, ["responsible": .null], usesUp: true)],
      "\(kind).move": moves,
      "\(kind).lose": [
        .of("id", card, own: "reason", \.lossReason, closing, usesUp: true),
        .of("reason", \.lossReason, own: "id", card, closing, usesUp: true),
      ],
      "\(kind).invalidate": [
        .of("id", card, own: "reason", \.invalidReason, closing, usesUp: true),
        .of("reason", \.invalidReason, own: "id", card, closing, usesUp: true),
      ],
      "\(kind).reopen": [
        .of("id", lost, usesUp: true),
        .of("last_contact", \.contactStatus, own: "id", lost, usesUp: true),
      ],
      "\(kind).history": [.of("id", card)],
    ]
  }

  private static let moreOfCards: [String: [IsolationCase]] = [
    "lead.convert": [
      .of("id", \.lead, own: "pipeline", \.pipeline, usesUp: true),
      .of("pipeline", \.pipeline, own: "id", \.lead, usesUp: true),
      .naming(usesUp: true) { own, other in
        [
          "id": .integer(own.lead), "pipeline": .integer(own.pipeline),
          "stage": .integer(other.stage),
        ]
      },
      .naming(usesUp: true) { own, other in
        [
          "id": .integer(own.lead), "pipeline": .integer(own.pipeline),
          "responsible": .integer(other.user),
        ]
      },
    ],
    "deal.win": [
      .of("id", \.deal, own: "reason", \.winReason, usesUp: true),
      .of("reason", \.winReason, own: "id", \.deal, usesUp: true),
    ],
    "deal.copy": [
      .naming(usesUp: true) { own, other in copy(own, id: other.wonDeal) },
      .naming(usesUp: true) { own, other in copy(own, pipeline: other.pipeline) },
      .naming(usesUp: true) { own, other in copy(own, reason: other.winReason) },
    ],
    "card.can_enter": [
      .of("id", \.deal, ["step": "lose"]), .of("id", \.lead, ["step": "invalidate"]),
      .of("id", \.deal, own: "stage", \.stage), .of("stage", \.stage, own: "id", \.deal),
      .of("pipeline", \.pipeline, own: "id", \.lead, ["step": "convert"]),
      .of("reason", \.winReason, own: "id", \.deal, ["step": "win"]),
    ],
    "deal.delete": [.of("id", \.deal, ["dry_run": true]), .of("id", \.deal, usesUp: true)],
    "deal.board": [
      .of("pipeline", \.pipeline), .of("responsible", \.user, own: "pipeline", \.pipeline),
      .of("contact", \.contact, own: "pipeline", \.pipeline),
    ],
    "card.search": [
      .plain(["query": "alpha0"]), .plain(["query": "zulu0"]), .plain(["query": "8 916 000 00 10"]),
      .of("pipeline", \.pipeline, ["query": "deal"]),
    ],
    "note.add": [.of("card", \.deal, ["text": "Hello"])],
    "note.list": [.of("card", \.deal), .of("card", \.lead)],
    "report.funnel": [
      .of("pipeline", \.pipeline), .of("team", \.team, own: "pipeline", \.pipeline),
      .of("responsible", \.user, own: "pipeline", \.pipeline),
    ],
    "access.explain": [
      .of("card", \.deal, own: "user", \.user), .of("user", \.user, own: "card", \.deal),
    ],
    "access.matrix": [
      .plain(), .plain(["by": "teams"]), .of("pipeline", \.pipeline),
    ],
    "access.preview": previews,
  ]

  private static func copy(
    _ own: CompanyThings, id: Int64? = nil, pipeline: Int64? = nil, reason: Int64? = nil
  ) -> JSONObject {
    [
      "id": .integer(id ?? own.wonDeal), "pipeline": .integer(pipeline ?? own.pipeline),
      "reason": .integer(reason ?? own.winReason),
    ]
  }

  private static let previews: [IsolationCase] = [
    .of("revoke", \.grant),
    .naming { own, other in
      [
        "give": [
          "pipeline": .integer(other.pipeline), "to": ["everyone": true], "actions": ["view"],
        ]
      ]
    },
    .naming { own, other in
      [
        "give": [
          "pipeline": .integer(own.pipeline), "to": ["user": .integer(other.user)],
          "actions": ["view"],
        ]
      ]
    },
    .naming { own, other in
      [
        "give": [
          "pipeline": .integer(own.pipeline), "to": ["everyone": true], "actions": ["view"],
          "stages": [.integer(other.stage)],
        ]
      ]
    },
    .naming { own, other in
      ["add_member": ["team": .integer(other.team), "user": .integer(own.user)]]
    },
    .naming { own, other in
      ["remove_member": ["team": .integer(own.team), "user": .integer(other.user)]]
    },
  ]

  private static let people: [String: [IsolationCase]] = [
    "user.create": [
      .naming(usesUp: true) { own, other in
        [
          "email": "new@own.example", "name": "New", "password": "correct horse",
          "teams": [.integer(other.team)],
        ]
      }
    ],
    "user.invite": [
      .naming(usesUp: true) { _, other in
        ["email": "invited@own.example", "name": "New", "teams": [.integer(other.team)]]
      },
      .of("id", \.user, usesUp: true),
    ],
    "user.list": [.plain(["limit": 500]), .of("team", \.team)],
    "user.get": [.of("id", \.user)],
    "user.update": [.of("id", \.user, ["name": "Changed"], usesUp: true)],
    "user.absence": [.of("id", \.user, ["absent_until": "2001-01-01"])],
    "user.set_role": [.of("id", \.user, ["role": "admin"], usesUp: true)],
    "user.deactivate": [
      .of("id", \.user, usesUp: true),
      .naming { own, other in
        ["id": .integer(own.user), "hand_over_to": ["user": .integer(other.user)]]
      }.refusedAnyway,
      .naming(usesUp: true) { own, other in
        ["id": .integer(own.user), "hand_over_to": ["team": .integer(other.team)]]
      },
    ],
    "user.reactivate": [.of("id", \.user)],
    "token.create": [
      .plain(["name": "New"]),
      .naming(usesUp: true) { _, other in
        ["name": "Newer", "kind": "service", "user": .integer(other.user)]
      },
    ],
    "token.list": [.plain(), .of("user", \.user)],
    "token.revoke": [.of("id", \.token, usesUp: true)],
    "support.list": [.plain()],
    "team.create": [.of("parent", \.team, ["name": "New", "kind": "other"], usesUp: true)],
    "team.list": [.plain()],
    "team.get": [.of("id", \.team)],
    "team.update": [
      .of("id", \.team, ["name": "Changed"], usesUp: true),
      .of("parent", \.team, own: "id", \.childTeam),
    ],
    "team.delete": [
      .of("id", \.childTeam, ["dry_run": true]), .of("id", \.childTeam, usesUp: true),
    ],
    "team.add_member": membership(),
    "team.remove_member": membership(),
    "team.set_lead": membership(["lead": true]),
    "grant.give": [
      .naming(usesUp: true) { own, other in
        [
          "pipeline": .integer(own.pipeline), "to": ["everyone": true], "actions": ["view"],
          "stages": [.integer(other.stage)],
        ]
      },
      .naming(usesUp: true) { own, other in
        [
          "pipeline": .integer(other.pipeline), "to": ["everyone": true], "actions": ["edit"],
        ]
      },
      .naming(usesUp: true) { own, other in
        [
          "pipeline": .integer(own.pipeline), "to": ["user": .integer(other.user)],
          "actions": ["view"],
        ]
      },
      .naming(usesUp: true) { own, other in
        [
          "pipeline": .integer(own.pipeline), "to": ["team": .integer(other.team)],
          "actions": ["view"],
        ]
      },
    ],
    "grant.revoke": [.of("id", \.grant, ["dry_run": true]), .of("id", \.grant, usesUp: true)],
    "grant.list": [.plain(), .of("pipeline", \.pipeline)],
  ]

  private static func membership(_ more: JSONObject = [:]) -> [IsolationCase] {
    [
      .of("team", \.team, own: "user", \.user, more, usesUp: true),
      .of("user", \.user, own: "team", \.team, more, usesUp: true),
    ]
  }

  private static let company: [String: [IsolationCase]] = [
    "audit.list": [
      .plain(["limit": 500]), .of("subject", \.deal, ["noun": "deal"]), .of("user", \.user),
    ],
    "audit.verify": [.plain()],
    "event.subscribe": [
      .plain(), .plain(["after": 0, "nouns": ["deal", "usage"]]),
      .naming { _, other in ["pipelines": [.integer(other.pipeline)]] },
    ],
    "event.unsubscribe": [.plain()],
    "settings.get": [.plain()],
    "settings.update": [.plain(["reopen_days": 31])],
    "settings.apply_template": [.plain(["template": "first_line_and_seniors"])],
    "usage.get": [.plain()],
    "export.begin": [
      .plain(["what": "leads"]), .plain(["what": "contacts"]), .plain(["what": "companies"]),
      .of("pipeline", \.pipeline, ["what": "deals"]), .of("stage", \.stage, ["what": "deals"]),
      .of("responsible", \.user, ["what": "deals"]), .of("contact", \.contact, ["what": "deals"]),
      .of("company", \.company, ["what": "contacts"]),
    ],
    "export.read": [.plain(["id": "x"]).refusedAnyway],
    "import.begin": [
      .plain(["source": "new", "kinds": ["company"]]),
      .of("pipeline", \.pipeline, ["source": "newer", "kinds": ["deal"]]),
    ],
    "import.rows": [
      .of("import", \.importRecord, ["kind": "company", "rows": []])
    ],
    "import.status": [.of("id", \.importRecord)],
    "import.finish": [.of("id", \.importRecord, usesUp: true)],
    "import.undo": [.of("id", \.importRecord, usesUp: true)],
  ]

  /// The operator's own; companies and plans have names there.
  private static let catalogue: [String: [IsolationCase]] = [
    "plan.create": [.plain(["code": "new", "name": "New"])],
    "plan.list": [.plain()],
    "plan.get": [plan()],
    "plan.update": [plan(["name": "Changed"])],
    "plan.retire": [.plain(["code": "new"])],
    "system.check": [.plain()],
    "tenant.create": [
      .naming { _, other in
        [
          "slug": "new", "name": "New", "plan": .string(other.plan),
          "admin": ["email": "a@new.example", "name": "A", "password": "correct horse"],
        ]
      }
    ],
    "tenant.list": [.plain()],
    "tenant.get": [tenant()],
    "tenant.update": [tenant(["name": "Changed"])],
    "tenant.set_plan": [
      .naming { own, other in ["tenant": .string(other.slug), "plan": .string(own.plan)] }
    ],
    "tenant.usage": [tenant()],
    "tenant.delete": [tenant(["dry_run": true])],
    "tenant.restore": [tenant()],
    "tenant.export": [tenant()],
    "tenant.import": [
      .plain(["begin": ["header": "{}"]]).refusedAnyway,
      .plain(["finish": ["import": 1, "trailer": "{}"]]).refusedAnyway,
    ],
    "tenant.suspend": [tenant()],
    "tenant.resume": [tenant()],
  ]

  private static func plan(_ more: JSONObject = [:]) -> IsolationCase {
    .naming { _, other in
      var parameters = more
      parameters["code"] = .string(other.plan)
      return parameters
    }
  }

  private static func tenant(_ more: JSONObject = [:]) -> IsolationCase {
    .naming { _, other in
      var parameters = more
      parameters["tenant"] = .string(other.slug)
      return parameters
    }
  }

  /// What anybody may ask, and what concerns the asker alone.
  private static let open: [String: [IsolationCase]] = [
    "system.hello": [.plain()],
    "system.ping": [.plain()],
    "system.status": [.plain()],
    "rpc.discover": [.plain()],
    "auth.login": [
      .naming { _, other in
        ["tenant": .string(other.slug), "email": .string(other.email), "password": "wrong guess"]
      }.refusedAnyway
    ],
    "auth.token": [.plain(["token": "vus_1_1_nothing"]).refusedAnyway],
    "auth.accept": [
      .plain(["token": "vit_1_1_nothing", "password": "correct horse"]).refusedAnyway
    ],
    "auth.assume": [.of("user", \.user).refusedAnyway],
    "auth.whoami": [.plain()],
    "auth.change_password": [
      .plain(["current": "wrong guess", "new": "correct horse"]).refusedAnyway
    ],
    "auth.logout": [.plain()],
  ]
}
