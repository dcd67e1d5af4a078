extension MatrixTable {
  private static let managers: Rule = { role, _ in
    if role == .operator { return .shut("user") }
    return role.holdsEverything || role == .lead ? .allowed : .shut("admin")
  }

  /// Done by admins to what is here, and by leads as far as they lead.
  private static func managing(
    _ ofLead: @escaping @Sendable (Ownership) -> Verdict,
    ofAdmin: @escaping @Sendable (Ownership) -> Verdict = { $0.isHere ? .allowed : .absent }
  ) -> Rule {
    { role, whose in
      guard managers(role, whose) == .allowed else { return managers(role, whose) }
      return role == .lead ? ofLead(whose) : ofAdmin(whose)
    }
  }

  private static let led: @Sendable (Ownership) -> Verdict = { $0.isNear ? .allowed : .absent }

  /// Given to everyone, which no lead does.
  private static let toEveryone: @Sendable (Ownership) -> Verdict = {
    $0.isNear ? .forbidden("admin") : .absent
  }

  private static let onFittingStage: @Sendable (Ownership) -> Verdict = {
    $0.isNear ? .allowed : $0 == .otherTeams ? .refused : .absent
  }

  static let access: [String: [Rule]] = [
    "access.explain": [
      needs("view", on: deals),
      { role, whose in
        switch role {
        case .operator: .shut("user")
        case .owner, .admin: whose.isHere ? .allowed : .absent
        case .lead: whose.isNear ? .allowed : .shut("admin")
        default:
          // Of oneself, on a card that one sees.
          whose != .own ? .shut("admin") : deals(role, .own).contains("view") ? .allowed : .refused
        }
      },
    ],
    "access.matrix": [managers, managers, managing(led)],
    "access.preview": [
      managing(led), managing(toEveryone), managing(led),
      managing(toEveryone, ofAdmin: onFittingStage), managing(led), managing(led),
    ],
    "grant.give": [
      managing(toEveryone, ofAdmin: onFittingStage), managing(toEveryone), managing(led),
      managing(led),
    ],
    "grant.revoke": [managing(led), managing(led)],
    "grant.list": [managers, managing(led)],
  ]

  private static let knownPipeline: Rule = { role, whose in
    if role == .operator { return .shut("user") }
    return pipelines(role, whose).isEmpty ? .absent : .allowed
  }

  static let design: [String: [Rule]] = [
    "pipeline.templates": [member],
    "pipeline.create": [admin],
    "pipeline.list": [member, member],
    "pipeline.get": [knownPipeline],
    "pipeline.update": [onPipeline("configure")],
    "pipeline.reorder": [adminRefused],
    "pipeline.freeze_order": [admin],
    "pipeline.archive": [admin],
    "pipeline.restore": [admin],
    "pipeline.delete": [admin, admin, adminRefused],
    "pipeline.lint": [onPipeline("view"), onPipeline("view")],
    "stage.create": [onPipeline("configure")],
    "stage.list": [onPipeline("view")],
    "stage.update": [onPipeline("configure")],
    // It names a pipeline on which nobody was given anything.
    "stage.reorder": [
      { role, whose in
        if role == .operator { return .shut("user") }
        return role.holdsEverything && whose.isHere ? .refused : .absent
      }
    ],
    "stage.delete": [
      onPipeline("configure"),
      naming(
        fitting { _, whose in whose.isHere ? .allowed : .absent }, afterOwn: onPipeline("configure")
      ),
    ],
    "field.create": [admin],
    "field.list": [member],
    "field.update": [admin, adminRefused],
    "field.reorder": [adminRefused],
    "field.delete": [admin],
    "reason.create": [admin],
    "reason.list": [member],
    "reason.update": [admin],
    "reason.delete": [admin],
    "activity_type.create": [admin],
    "activity_type.list": [member],
    "activity_type.update": [admin],
    "activity_type.delete": [admin],
    "contact_status.create": [admin],
    "contact_status.list": [member],
    "contact_status.update": [admin],
    "contact_status.delete": [admin],
  ]

  private static let knownUser: Rule = needs("view", on: users)
  private static let knownTeam: Rule = needs("view", on: teams)

  /// By nobody who has come by a token.
  private static let adminInPerson: Rule = { role, whose in
    role == .personalToken || role == .serviceToken ? .shut("session") : admin(role, whose)
  }

  static let people: [String: [Rule]] = [
    "user.create": [adminInPerson],
    "user.invite": [admin, admin],
    "user.list": [member, filter { role, whose in teams(role, whose).contains("view") }],
    "user.get": [knownUser],
    "user.update": [admin],
    // Of oneself, and of those whom one leads.
    "user.absence": [
      { role, whose in
        if role == .operator { return .shut("user") }
        if whose == .own || (role == .lead && whose.isNear) { return .allowed }
        guard !role.holdsEverything else { return whose.isHere ? .allowed : .absent }
        return whose.isNear ? .forbidden("lead") : .absent
      }
    ],
    "user.set_role": [adminInPerson],
    // Nothing is handed over to whoever goes.
    "user.deactivate": [
      admin,
      { role, whose in
        role.holdsEverything && whose == .own ? .refused : admin(role, whose)
      }, admin,
    ],
    "user.reactivate": [adminInPerson],
    "token.create": [
      { role, whose in
        role == .personalToken || role == .serviceToken ? .shut("session") : member(role, whose)
      },
      adminInPerson,
    ],
    "token.list": [member, knownUser],
    "token.revoke": [
      { role, whose in
        if role == .operator { return .shut("user") }
        return whose == .own || (role.holdsEverything && whose.isHere) ? .allowed : .absent
      }
    ],
    "support.list": [admin],
    "team.create": [admin],
    "team.list": [member],
    "team.get": [knownTeam],
    "team.update": [admin, admin],
    "team.delete": [admin, admin],
    "team.add_member": [admin, admin],
    "team.remove_member": [admin, admin],
    "team.set_lead": [admin, admin],
  ]

  /// The operator reads the installation's own audit by the same methods.
  private static let audit: Rule = { role, whose in
    role == .operator ? .hidden : admin(role, whose)
  }

  private static let auditOfUser: Rule = { role, whose in
    role.holdsEverything ? (whose.isHere ? .shown : .hidden) : audit(role, whose)
  }

  /// The audit outlives what it is about.
  private static let auditOfDeal: Rule = { role, whose in
    role.holdsEverything && whose == .deleted ? .shown : auditOfUser(role, whose)
  }

  /// Nobody here was given the right to export.
  private static let exportingAnything: Rule = { role, _ in
    if role == .operator { return .shut("user") }
    return role.holdsEverything ? .allowed : .shut("export")
  }

  private static let exporting: Rule = { role, whose in
    if role == .operator { return .shut("user") }
    if role.holdsEverything { return whose.isHere ? .allowed : .absent }
    return pipelines(role, whose).isEmpty ? .absent : .forbidden("export")
  }

  private static let exportingOf: Rule = { role, whose in
    let anything = exportingAnything(role, whose)
    return anything == .allowed && !whose.isHere ? .absent : anything
  }

  static let company: [String: [Rule]] = [
    "audit.list": [
      audit,
      auditOfDeal, auditOfUser,
    ],
    "audit.verify": [audit],
    "event.subscribe": [member, member, knownPipeline],
    "event.unsubscribe": [member],
    "card.search": [member, member, member, knownPipeline],
    "settings.get": [member],
    "settings.update": [admin],
    "settings.apply_template": [admin],
    "usage.get": [admin],
    "import.begin": [admin, admin],
    "import.rows": [admin],
    "import.status": [admin],
    "import.finish": [admin],
    "import.undo": [admin],
    "export.begin": [
      exportingAnything, exportingAnything, exportingAnything, exporting, exporting,
      exportingOf, exportingOf, exportingOf,
    ],
    // What is no export's number is nobody's.
    "export.read": [{ role, _ in role == .operator ? .shut("user") : .refused }],
  ]
}
