internal import JSON
internal import Postgres
internal import SalesRules

/// The pipelines of a template's directions: those that were there and those that are made.
struct DirectionsSetUp {
  private var parts: [(code: String, pipeline: Pipeline, isMade: Bool)] = []
  /// What is filled in on the cards of those that are made.
  private var proposals: [TemplateProposals] = []

  mutating func append(
    _ code: String, _ pipeline: Pipeline, isMade: Bool, with proposals: TemplateProposals? = nil
  ) {
    parts.append((code, pipeline, isMade))
    if let proposals { self.proposals.append(proposals) }
  }

  /// The keys of the fields that come with them.
  var fields: [String] { proposals.flatMap(\.fields).map(\.key) }

  /// The pipelines by their directions.
  var pipelines: [String?: Int64] {
    Dictionary(parts.map { ($0.code, $0.pipeline.id) }, uniquingKeysWith: { first, _ in first })
  }

  /// The pipeline of a direction.
  subscript(code: String) -> Int64? { parts.first { $0.code == code }?.pipeline.id }

  func statements(_ call: TenantCall) -> [BoundStatement] {
    parts.filter(\.isMade).flatMap { $0.pipeline.insertion(tenant: call.tenant, at: call.now) }
      + proposals.flatMap { $0.statements(call) }
  }

  func write(to writer: inout JSONWriter, withIDs: Bool) {
    writer.array {
      for part in parts {
        $0.part(part.pipeline.id, part.pipeline.name, isMade: part.isMade, withIDs: withIDs)
      }
    }
  }
}

/// The same of a template's teams.
struct TeamsSetUp {
  private var parts: [(code: String, team: CompanyTeam, isMade: Bool)] = []

  mutating func append(_ code: String, _ team: CompanyTeam, isMade: Bool) {
    parts.append((code, team, isMade))
  }

  /// The team of that code.
  subscript(code: String) -> Int64? { parts.first { $0.code == code }?.team.id }

  func statements(_ call: TenantCall) -> [BoundStatement] {
    parts.filter(\.isMade).map { part in
      TeamStatements.insert(
        call.tenantParameter, .integer(part.team.id), .text(part.team.name),
        .text(part.team.kind.rawValue), .null, .timestamp(call.now))
    }
  }

  func write(to writer: inout JSONWriter, withIDs: Bool) {
    writer.array {
      for part in parts {
        $0.part(part.team.id, part.team.name, isMade: part.isMade, withIDs: withIDs)
      }
    }
  }
}

extension JSONWriter {
  /// Something of a template; what a dry run does not make has no number.
  fileprivate mutating func part(_ id: Int64, _ name: String, isMade: Bool, withIDs: Bool) {
    object {
      $0.member("id", withIDs || !isMade ? id : nil)
      $0.member("name", name)
      $0.member("made", isMade)
    }
  }
}
