internal import JSONRPC
internal import Postgres
internal import SalesRules

/// All grants and teams of a company, read at once, and what the caller has to say about them: owners and
/// admins everything, leads as far as they lead.
struct AccessScene {
  let grants: [AccessGrant]
  let teams: [CompanyTeam]
  private let call: TenantCall
  /// What the caller may do as a lead; nil for owners and admins, who are not bounded.
  let delegation: Delegation?

  /// Reads them; refuses whoever is neither admin nor lead.
  init(_ call: TenantCall) async throws {
    try await self.init(reading: call)
    guard delegation?.teams.isEmpty != true else {
      throw RPCError.forbidden(
        needs: "admin", "Only an owner, an admin or the lead of a team may do this.")
    }
  }

  /// Reads them for anybody.
  init(reading call: TenantCall) async throws {
    let results = try await call.read(
      GrantStatements.list(call.tenantParameter, .null),
      TeamStatements.list(call.tenantParameter, .null))
    self.call = call
    grants = try results[0].map(AccessGrant.init)
    teams = try results[1].map(CompanyTeam.init)
    let standing = call.standing
    delegation =
      standing.holdsEverything
      ? nil
      : Delegation(
        lead: Person(id: standing.user, role: standing.role, isActive: standing.isActive),
        grants: grants.map(\.grant), teams: teams.map(\.rightsTeam))
  }

  /// A person's rights as the rule tells them.
  func rights(of person: Person) -> Rights {
    Rights(person: person, grants: grants.map(\.grant), teams: teams.map(\.rightsTeam))
  }

  /// Whether the caller has to do with a grant: with those on pipelines they know, to those they lead.
  func manages(_ grant: Grant) -> Bool {
    guard let delegation else { return true }
    return delegation.leads(grant.recipient) && call.standing.knows(pipeline: grant.pipeline)
  }

  /// Whether the caller has to do with a person's rights.
  func manages(user: Int64) -> Bool {
    delegation.map { $0.people.contains(user) } ?? true
  }

  /// Whether the caller has to do with a team's rights.
  func manages(team: Int64) -> Bool {
    delegation.map { $0.teams.contains(team) } ?? true
  }

  /// The grant of an id that the caller may change or revoke.
  func find(_ id: Int64) throws(RPCError) -> AccessGrant {
    guard let found = grants.first(where: { $0.grant.id == id }), manages(found.grant) else {
      throw .notFound(what: "grant")
    }
    return found
  }

  /// The grant that one to the same subject would replace.
  func present(for grant: Grant) -> AccessGrant? {
    grants.first {
      $0.grant.pipeline == grant.pipeline && $0.grant.recipient == grant.recipient
    }
  }

  /// Refuses a lead who would give what they do not hold, or to whom they do not lead.
  func requireMayGive(_ grant: Grant) throws(RPCError) {
    guard let delegation else { return }
    var stages: [Int64: Outcome] = [:]
    for stage in call.company.pipeline(grant.pipeline)?.stages ?? [] {
      stages[stage.id] = stage.kind.outcome
    }
    switch delegation.problem(
      giving: grant, replacing: present(for: grant)?.grant, stages: stages)
    {
    case nil: return
    case .notLed:
      throw .forbidden(
        needs: "admin", "A lead gives to the teams they lead, those below, and their people.")
    case .exceeds(let action):
      throw .forbidden(
        needs: action.rawValue,
        "You do not hold the right \"\(action.rawValue)\" yourself as widely as you would give it.")
    }
  }

  /// What opens the table of grants to a lead, behind the member's door; nothing for admins.
  var door: [BoundStatement] {
    guard let delegation else { return [] }
    let own = rights(of: Person(id: call.standing.user, role: call.standing.role))
    let given = call.standing.rights.pipelines.sorted().flatMap { pipeline in
      Action.allCases.filter { !own.grants(giving: $0, onPipeline: pipeline).isEmpty }.map {
        "\(pipeline):\($0.rawValue)"
      }
    }
    return [
      ContextStatements.leading(
        .integers(delegation.teams.sorted()), .integers(delegation.people.sorted()),
        .strings(given))
    ]
  }
}
