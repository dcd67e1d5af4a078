internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

/// `user.*`: the people of a company.
enum UserMethods {
  static let all = [
    create, invite, list, get, update, UserAbsence.method, setRole, deactivate, reactivate,
  ]

  static let email = Member<String>.opaqueText(
    "email", length: 1...254, "The e-mail address, typed at log-in.")
  static let name = Member<String>.text("name", "The name.")
  private static let password = Member<String>.opaqueText(
    "password", length: 1...1000, "A password of 8 to 200 characters.")
  static let role = Member<TenantRole>.choice("role", "owner, admin or member.")
  static let teams = Member<[Int64]>.array(
    "teams", of: .identifier("team", "A team's id."), count: 0...100, "The teams, by id.")
  private static let team = Member<Int64>.identifier("team", "Only members of this team.")

  /// Whether a person is there.
  enum State: String, CaseIterable, Sendable {
    case active
    case inactive
  }

  private static let state = Member<State>.choice("state", "Only people in this state.")

  private static let shape = Schema.object(
    [
      "id": .identifier, "email": .string, "name": .string,
      "role": .choice(TenantRole.allCases.map(\.rawValue)),
      "state": .choice(State.allCases.map(\.rawValue)), "teams": .array(of: .identifier),
      "has_password": .boolean, "absent_until": Schema.date.nullable, "created_at": .timestamp,
      "version": .integer,
    ], required: ["id", "name", "state"])

  private static let create = Method(
    "user.create", "Adds a person to the company.",
    takes: [
      .required(email), .required(name), .required(password), .optional(role), .optional(teams),
    ], gives: shape, errors: [.invalid, .notFound, .planLimit], traits: .needsSession,
    .write(.admin) { call in
      let role = call.arguments[optional: role] ?? .member
      try requireOwner(for: role, call)
      var checks = ValueChecks()
      checks.check("email", EmailAddress.problem(in: call.arguments[email]))
      let names = [
        call.arguments[email], call.arguments[name], call.company.slug, call.company.name,
      ]
      checks.check("password", Password.problem(in: call.arguments[password], of: names))
      try checks.finish()
      try await requireRoom(call)
      let teams = Array(Set(call.arguments[optional: teams] ?? [])).sorted()
      let hash = try await call.memory.hash(
        call.arguments[password], by: call.services.passwords)
      let user = User(
        id: try await call.newID(.user),
        email: EmailAddress(call.arguments[email])?.address ?? "", name: call.arguments[name],
        role: role, createdAt: call.now, teams: teams)
      let insert = UserStatements.insert(
        call.tenantParameter, .integer(user.id), .text(user.email), .text(user.name),
        .text(role.rawValue), .text(hash.text), .timestamp(call.now))
      let joining = TeamStatements.join(
        call.tenantParameter, .integer(user.id), .integers(teams))
      return Work(
        [insert] + (teams.isEmpty ? [] : [joining]) + [allowed(call)], answer: user.answer,
        movesVersion: true)
    })

  private static let invite = Method(
    "user.invite", "Adds a person who chooses their password themselves; or resets somebody's.",
    details:
      "The invitation's token is shown this once; auth.accept turns it into a password within a week. With "
      + "id it is for somebody who is there: until it is accepted their old password holds. Another one "
      + "replaces it.",
    takes: [
      .optional(CommonMembers.id), .optional(email), .optional(name), .optional(role),
      .optional(teams),
    ],
    gives: shape.with([
      "invitation": .object(
        ["token": .string, "expires_at": .timestamp], required: ["token", "expires_at"])
    ]),
    errors: [.invalid, .notFound, .planLimit], traits: .secret,
    .write(.admin) { call in try await UserInvitation(call).work() })

  private static let list = Method(
    "user.list", "The people of the company, by id; for members their colleagues.",
    details:
      "A member sees the names of those of the same teams, of those who are granted something "
      + "on the same pipelines, and of whoever is responsible for a card that they see.",
    takes: [.optional(state), .optional(team)] + CommonMembers.page,
    gives: Shapes.page(of: shape), errors: [.notFound],
    .read(.member) { call in
      let page = try Page(call)
      if let team = call.arguments[optional: team] { try await TeamSight.require(team, call) }
      var only = Parameter.null
      if !call.standing.holdsEverything { only = .integers(try await colleagues(call)) }
      let rows = try await call.read(
        UserStatements.list(
          call.tenantParameter, .integer(try page.afterID()), page.fetch,
          .string(call.arguments[optional: state]?.rawValue),
          .integer(call.arguments[optional: team]), only))
      let users = try rows[0].map(User.init)
      return page.result(users, key: { String($0.id) }) {
        $0.write(to: &$1, isWhole: isWhole($0, call))
      }
    })

  private static let get = Method(
    "user.get", "One person.", takes: [.required(CommonMembers.id)], gives: shape,
    errors: [.notFound],
    .read(.member) { call in
      let user = try await find(call)
      if !isWhole(user, call) { try await UserSight.require(user.id, call) }
      return RawJSON { user.write(to: &$0, isWhole: isWhole(user, call)) }
    })

  private static let update = Method(
    "user.update",
    "Changes a person's name, address or password. A new password ends their sessions.",
    details:
      "One's own password is changed with auth.change_password. Owners are changed by owners.",
    takes: [
      .required(CommonMembers.id), .optional(name), .optional(email), .optional(password),
      .clearable(UserAbsence.until),
    ], gives: shape, errors: [.notFound, .invalid], traits: .versioned,
    .write(.admin) { call in
      let present = try await find(call)
      var user = present
      try requireOwner(for: user.role, call)
      var checks = ValueChecks()
      if let text = call.arguments[optional: email] {
        checks.check("email", EmailAddress.problem(in: text))
        user.email = EmailAddress(text)?.address ?? text
      }
      if let text = call.arguments[optional: password] {
        try call.admission.requireSession()
        let names = [
          user.email, call.arguments[optional: name] ?? user.name, call.company.slug,
          call.company.name,
        ]
        checks.check("password", Password.problem(in: text, of: names))
        // A connection left open must not be enough to take the account over.
        if user.id == call.standing.user {
          checks.note("password", "is your own; change it with auth.change_password")
        }
      }
      try checks.finish()
      if let name = call.arguments[optional: name] { user.name = name }
      user.absentUntil = UserAbsence.day(call).applied(to: user.absentUntil)
      var further: [BoundStatement] = []
      if let text = call.arguments[optional: password] {
        let hash = try await call.memory.hash(text, by: call.services.passwords)
        let id = Parameter.integer(user.id)
        further = [
          AuthenticationStatements.setPassword(call.tenantParameter, id, .text(hash.text)),
          AuthenticationStatements.endSessions(call.tenantParameter, id, .null),
          InvitationStatements.deleteAll(call.tenantParameter, id),
        ]
        user.hasPassword = true
      }
      var work = try change(present, to: user, call, further)
      if !further.isEmpty { try work.auditsNewPassword() }
      return work
    })

  private static let setRole = Method(
    "user.set_role", "Makes a person owner, admin or member. Only owners make or unmake owners.",
    takes: [.required(CommonMembers.id), .required(role)], gives: shape,
    errors: [.notFound, .invalid], traits: [.versioned, .needsSession],
    .write(.admin) { call in
      let present = try await find(call)
      var user = present
      try requireOwner(for: user.role, call)
      try requireOwner(for: call.arguments[role], call)
      if user.role == .owner, call.arguments[role] != .owner {
        try await requireAnotherOwner(user, call)
      }
      user.role = call.arguments[role]
      return try change(present, to: user, call)
    })

  private static let deactivate = Method(
    "user.deactivate", "Shuts a person out at once; their open cards can go to somebody else.",
    details:
      "Their sessions, tokens and invitations end, and they no longer count for the plan. With "
      + "hand_over_to their open cards become somebody else's in the same step, or are spread over those "
      + "of a team who may see them: `handed_over` tells how many and `handed_over_to` to whom. dry_run "
      + "tells their `open_cards` and whom they would go to.",
    takes: [.required(CommonMembers.id), .optional(HandOver.handOverTo)],
    gives: shape.with([
      "handed_over": .integer, "handed_over_to": .array(of: .anyObject), "dry_run": .boolean,
      "open_cards": .integer,
    ]), errors: [.notFound, .invalid], traits: [.versioned, .dryRun],
    .write(.admin) { call in
      let user = try await find(call)
      try requireOwner(for: user.role, call)
      try await requireAnotherOwner(user, call)
      try call.requireVersion(user.version)
      return try await UserDeactivation(of: user, call).work()
    })

  private static let reactivate = Method(
    "user.reactivate", "Lets a deactivated person in again.",
    takes: [.required(CommonMembers.id)], gives: shape, errors: [.notFound, .planLimit],
    traits: [.versioned, .needsSession],
    .write(.admin) { call in
      let present = try await find(call)
      var user = present
      try requireOwner(for: user.role, call)
      try call.requireVersion(user.version)
      guard !user.isActive else { return .nothing(user.answer) }
      try await requireRoom(call)
      user.isActive = true
      return try change(present, to: user, call, [allowed(call)])
    })

  // MARK: - What several of them do

  static func find(_ call: TenantCall) async throws -> User {
    let rows = try await call.read(
      UserStatements.get(call.tenantParameter, .integer(call.arguments[CommonMembers.id])))
    guard let row = rows[0].first else { throw RPCError.notFound(what: "user") }
    return try User(row)
  }

  private static func isWhole(_ user: User, _ call: TenantCall) -> Bool {
    call.standing.holdsEverything || user.id == call.standing.user
  }

  /// The people whom a member knows of.
  private static func colleagues(_ call: TenantCall) async throws -> [Int64] {
    let rows = try await call.read(
      UserStatements.colleagues(
        call.tenantParameter, .integer(call.standing.user),
        call.standing.rights.parameters.workedOn))
    return try rows[0].map { try $0.integer(0) }
  }

  private static func change(
    _ present: User, to wanted: User, _ call: TenantCall, _ further: [BoundStatement] = []
  ) throws -> Work {
    try call.requireVersion(present.version)
    // A new password is no value of the person's that could be compared.
    if wanted == present, further.isEmpty { return .nothing(present.answer) }
    var after = wanted
    after.version += 1
    return Work(
      [wanted.update(call.tenantParameter)] + further, answer: after.answer,
      before: present.answer, movesVersion: true)
  }

  static func requireOwner(for role: TenantRole, _ call: TenantCall) throws(RPCError) {
    guard role == .owner, call.standing.role != .owner else { return }
    throw .forbidden(needs: "owner", "Only an owner of the company may do this.")
  }

  /// The version's move serialises such changes, so that the last two owners can't both go.
  private static func requireAnotherOwner(_ user: User, _ call: TenantCall) async throws {
    guard user.role == .owner, user.isActive else { return }
    let owners = try await call.read(UserStatements.countOwners(call.tenantParameter))[0][0]
    guard try owners.integer(0) > 1 else {
      throw RPCError.invalid([
        FieldProblem(
          path: "id", problem: "is the company's last owner; make somebody else owner first")
      ])
    }
  }

  static func requireRoom(_ call: TenantCall) async throws {
    let count = try await call.read(UserStatements.countActive(call.tenantParameter))[0][0]
    try await PlanRoom.require(.users, used: Int(count.integer(0)), call)
  }

  static func allowed(_ call: TenantCall) -> BoundStatement {
    UserStatements.requireAllowed(
      call.tenantParameter, .integer(call.company.plan.limits.users))
  }
}

extension Work {
  /// The answer does not say that the password is another one; the audit does.
  fileprivate mutating func auditsNewPassword() throws {
    guard var object = try JSONReader().read(answer.bytes).object else { return }
    object["password_changed"] = true
    after = RawJSON(.object(object))
  }
}
