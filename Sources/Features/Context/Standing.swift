internal import JSONRPC
internal import Postgres
internal import SalesRules

/// What one person is in a company at one version of it: role, state and compiled rights.
///
/// A class, since every request passes it on and no request changes it.
final class Standing: Sendable {
  /// What a method asks of the person as such; what it asks on cards comes with the cards.
  enum Requirement: Sendable {
    /// Nothing: grants decide on each card and pipeline.
    case member
    /// The role of owner or admin.
    case admin
  }

  let user: Int64
  let email: String
  let name: String
  let role: TenantRole
  let isActive: Bool
  let version: Int64
  /// What grants give; owners and admins do not need it.
  let rights: CompiledRights
  /// What opens the door for a transaction that reads; the same for every request of the person.
  let readContext: BoundStatement
  /// The same where only what may be exported is to be seen, of which nothing is held that may not be viewed.
  let exportContext: BoundStatement

  init(
    tenant: Int64, version: Int64, user: Int64, email: String, name: String, role: TenantRole,
    isActive: Bool, rights: CompiledRights
  ) {
    self.user = user
    self.email = email
    self.name = name
    self.role = role
    self.isActive = isActive
    self.version = version
    self.rights = rights
    let context = { (action: Action) in
      role.holdsEverything
        ? ContextStatements.everything(.integer(tenant), .integer(version), .integer(user))
        : ContextStatements.memberRead(
          .integer(tenant), .integer(version), .integer(user), rights.parameters.pipelines,
          rights.parameters.sets, rights[action].bits.places, rights[action].bits.people)
    }
    readContext = context(.view)
    exportContext = context(.export)
  }

  /// Whether every right on every pipeline is held.
  var holdsEverything: Bool { role.holdsEverything }

  /// All whose cards the person may see, where these are no more than a few people. Cards of so few are gone
  /// through by themselves: among those of a whole company they would be far between.
  var fewPeopleSeen: [Int64]? {
    guard !holdsEverything else { return nil }
    var all: Set<Int64> = []
    for whose in rights[.view].people.values {
      guard case .named(let people) = whose else { return nil }
      all.formUnion(people)
    }
    return all.count <= 20 ? all.sorted() : nil
  }

  /// Whether the person may call a method that asks this.
  func meets(_ requirement: Requirement) -> Bool {
    switch requirement {
    case .member: true
    case .admin: holdsEverything
    }
  }

  /// Whether the action is held on any card of the pipeline.
  func holds(_ action: Action, onPipeline pipeline: Int64) -> Bool {
    holdsEverything || rights[action].pipelines.contains(pipeline)
  }

  /// Whether any right is held on the pipeline; without one it does not exist.
  func knows(pipeline: Int64) -> Bool {
    holdsEverything || rights.pipelines.contains(pipeline)
  }

  /// Whether the action is held on a card.
  func holds(_ action: Action, on card: RightsCard) -> Bool {
    if holdsEverything { return true }
    return rights[action].covers(card)
  }

  /// Whether a card may be seen.
  func sees(_ card: RightsCard) -> Bool { holds(.view, on: card) }

  /// The actions held on the pipeline, in their usual order.
  func actions(onPipeline pipeline: Int64) -> [Action] {
    Action.allCases.filter { holds($0, onPipeline: pipeline) }
  }

  /// Whether anything is held but looking: who works on cards needs the company's catalogues.
  var worksOnCards: Bool { holdsEverything || rights.worksOnCards }

  /// What opens the door for a transaction that writes.
  func writeContext(of company: Company, for work: Work) -> BoundStatement {
    let alone = Parameter.bool(work.waitsForWrites)
    guard !holdsEverything else {
      return ContextStatements.everythingToWrite(
        .integer(company.id), .integer(company.version), .integer(user), alone)
    }
    let acting = work.action.map { rights[$0] } ?? .none
    return ContextStatements.memberWrite(
      .integer(company.id), .integer(company.version), .integer(user),
      rights.parameters.pipelines, rights.parameters.sets,
      rights[.view].bits.places, rights[.view].bits.people,
      rights.parameters.configure, rights.parameters.createIn, acting.bits.places,
      acting.bits.people, .integers(work.written), alone)
  }

  /// Behind a member's door: the clients that the work makes, if any.
  func entering(_ work: Work) -> BoundStatement? {
    if holdsEverything || work.newContacts.isEmpty && work.newCompanies.isEmpty { return nil }
    return ContextStatements.entering(.integers(work.newContacts), .integers(work.newCompanies))
  }
}
