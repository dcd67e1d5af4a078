internal import JSON
internal import Postgres
internal import SalesRules

/// Everything a new company begins with, by its template, as one transaction's statements.
struct TenantFounding {
  let tenant: Tenant
  let template: TenantTemplate
  let services: Services
  let now: Timestamp

  private var id: Int64 { tenant.id }
  private var parameter: Parameter { .integer(id) }

  /// The catalogue's rows, then, in the company's own context, its first admin and its template.
  func statements(admin: [BoundStatement]) async throws -> [BoundStatement] {
    let catalogue = [
      TenantStatements.insert(
        parameter, .text(tenant.slug), .text(tenant.name), .text(tenant.plan),
        .text(tenant.locale.rawValue), .text(tenant.currency), .text(tenant.timezone),
        .timestamp(now)),
      TenantStatements.insertVersion(parameter), ContextStatements.server(parameter),
    ]
    var pipelines: [String?: Int64] = [:]
    var own: [BoundStatement] = []
    var teams: [String: Int64] = [:]
    for team in template.teams {
      teams[team.code] = try await services.identities.next(.team, tenant: id)
    }
    let drafts: [(String?, PipelineDraft)] =
      [(nil, PipelineDraft(template.leads.localized(tenant.locale)))]
      + template.directions.map { direction in
        let pipeline = direction.pipeline.localized(tenant.locale)
        return (direction.code, PipelineDraft(pipeline, name: direction.name[tenant.locale]))
      }
    for (direction, _) in drafts {
      pipelines[direction] = try await services.identities.next(.pipeline, tenant: id)
    }
    for (index, (direction, draft)) in drafts.enumerated() {
      guard let number = pipelines[direction] else { continue }
      let draft = draft.choosing(
        TemplateTransfers(
          pipelines: pipelines,
          team: direction.flatMap { template.team(of: $0) }.flatMap { teams[$0] }))
      let pipeline = draft.made(
        id: number,
        stageIDs: try await services.identities.next(
          .stage, tenant: id, count: draft.stages.count),
        position: index + 1)
      own += pipeline.insertion(tenant: id, at: now)
    }
    own += try await reasons()
    own += try await contactStatuses()
    own += try await teamsAndGrants(pipelines, teams)
    return catalogue + admin + own
  }

  private func reasons() async throws -> [BoundStatement] {
    let reasons = template.reasons.map { $0.localized(tenant.locale) }
    guard !reasons.isEmpty else { return [] }
    let ids = try await services.identities.next(.reason, tenant: id, count: reasons.count)
    return [zip(reasons, ids).map { $0.made(id: $1) }.insertion(tenant: id)]
  }

  private func contactStatuses() async throws -> [BoundStatement] {
    let proposed = template.contactStatuses.map { $0.localized(tenant.locale) }
    guard !proposed.isEmpty else { return [] }
    let ids = try await services.identities.next(.contactStatus, tenant: id, count: proposed.count)
    return [[ContactStatus].numbered(proposed, ids).insertion(tenant: id)]
  }

  private func teamsAndGrants(
    _ pipelines: [String?: Int64], _ teams: [String: Int64]
  ) async throws -> [BoundStatement] {
    var statements: [BoundStatement] = []
    for team in template.teams {
      guard let number = teams[team.code] else { continue }
      statements.append(
        TeamStatements.insert(
          parameter, .integer(number), .text(team.name[tenant.locale]), .text(team.kind.rawValue),
          .null, .timestamp(now)))
    }
    for grant in template.grants {
      guard let pipeline = pipelines[grant.direction], let team = teams[grant.team] else {
        continue
      }
      let actions = Action.allCases.filter(grant.actions.contains).map(\.rawValue)
      statements.append(
        GrantStatements.insert(
          parameter, .integer(try await services.identities.next(.grant, tenant: id)),
          .integer(pipeline), .null, .integer(team), .strings(actions),
          .text(grant.cards.rawValue), .text(grant.outcome.rawValue), .null, .null,
          .timestamp(now)))
    }
    return statements
  }
}
